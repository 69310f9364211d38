package io.siyu.mall.distributor.withdrawal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The merchant's account at WeChat Pay. Keys are PEM, or paths of files that hold PEM. */
@ConfigMapping(prefix = "mall.wechat-pay")
public interface WeChatPayConfig {

  @WithDefault("https://api.mch.weixin.qq.com")
  String baseUrl();

  String merchantId();

  /** Serial number of the merchant's certificate. */
  String merchantSerial();

  String merchantPrivateKey();

  String publicKeyId();

  /** WeChat Pay's public key. */
  String publicKey();

  String apiV3Key();

  /** How long one call may take. */
  @WithDefault("PT5S")
  Duration deadline();

  /** How many calls may be under way at once. */
  @WithDefault("8")
  int concurrency();
}
