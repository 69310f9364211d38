package io.siyu.mall.cps.taobao;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code mall.taobao.*}: the affiliate account at Taobao. What its documents leave open (quotas,
 * the day of payment) is set here.
 */
@ConfigMapping(prefix = "mall.taobao")
public interface TaobaoConfig {

  /** TOP's address. */
  @WithDefault("https://eco.taobao.com/router/rest")
  String apiUrl();

  Optional<String> appKey();

  Optional<String> appSecret();

  /** Our own authorisation. */
  Optional<String> session();

  /** {@code mm_account_site_zone}. */
  Optional<String> pid();

  /** Of the invitation that channels are registered under. */
  @WithDefault("MALL")
  String inviterCode();

  /** {@code hmac} or {@code md5}. */
  @WithDefault("hmac")
  String signMethod();

  @WithDefault("10")
  long callsPerSecond();

  /** Of one attempt. */
  @WithDefault("PT10S")
  Duration deadline();

  /** Before the second attempt; grows from there. */
  @WithDefault("PT1S")
  Duration pause();

  /** How long Taobao is left alone when it does not answer. */
  @WithDefault("PT30S")
  Duration open();

  /**
   * At most three hours; twenty minutes in a big promotion. For claw-backs the documents say
   * nothing: they are asked for in the same windows.
   */
  @WithDefault("PT3H")
  Duration window();

  @WithDefault("PT10M")
  Duration overlap();

  @WithDefault("P1D")
  Duration firstSync();

  /** A sync further behind is alarmed. */
  @WithDefault("PT30M")
  Duration toleratedLag();

  @WithDefault("P7D")
  Duration recheckAfter();

  @WithDefault("P1D")
  Duration recheckEvery();

  /** The day of the following month on which what was settled in a month is paid. */
  @WithDefault("20")
  int paymentDay();
}
