package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What may be withdrawn and how the provider is asked. Owned by the platform. */
@ConfigMapping(prefix = "mall.withdrawals")
public interface WithdrawalConfig {

  /** The least amount of one withdrawal, in fen. */
  @WithDefault("100")
  long minimumFen();

  /** The most of one business day, in fen; also what the provider transfers at once. */
  @WithDefault("2000000")
  long dailyCapFen();

  /** The platform's share of each withdrawal. */
  @WithDefault("0")
  int feeBasisPoints();

  /** How often due transfers are looked for; {@code off} for never. */
  @WithDefault("5s")
  String every();

  /** How long after an answer that settles nothing the provider is asked again, at first. */
  @WithDefault("PT2S")
  Duration retryMin();

  /** The longest pause. */
  @WithDefault("PT5M")
  Duration retryMax();

  /**
   * How long after it was last told the provider's "no such transfer" is believed. A request that
   * it has not seen yet may still arrive: its signature holds for five minutes; and one that it has
   * seen may take a while to be found. Longer than both.
   */
  @WithDefault("PT10M")
  Duration settleAfter();

  /** The transfer scene that the merchant was granted. */
  @WithDefault("1005")
  String sceneId();

  /** Reported with the scene: what the receiver works as. */
  @WithDefault("社交电商分销员")
  String scenePost();

  /** Reported with the scene: what is paid for. */
  @WithDefault("商品推广佣金")
  String sceneReward();

  /** What the receiver is shown; 1 to 32 characters. */
  @WithDefault("推广佣金提现")
  String remark();

  /** The policy in these figures. */
  default WithdrawalPolicy policy() {
    return new WithdrawalPolicy(
        Money.fen(minimumFen()), Money.fen(dailyCapFen()), new BasisPoints(feeBasisPoints()));
  }
}
