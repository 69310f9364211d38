package io.siyu.mall.distributor.withdrawal;

import java.time.Duration;

/** The figures of a test; {@code retryMax} is ten seconds and settling takes ten minutes. */
record TestWithdrawalConfig(int feeBasisPoints, long minimumFen) implements WithdrawalConfig {
  @Override
  public long dailyCapFen() {
    return minimumFen == 1 ? 2_147_483_647L : 2_000_000;
  }

  @Override
  public String every() {
    return "off";
  }

  @Override
  public Duration retryMin() {
    return Duration.ofSeconds(2);
  }

  @Override
  public Duration retryMax() {
    return Duration.ofSeconds(10);
  }

  @Override
  public Duration settleAfter() {
    return Duration.ofMinutes(10);
  }

  @Override
  public String sceneId() {
    return "1005";
  }

  @Override
  public String scenePost() {
    return "x";
  }

  @Override
  public String sceneReward() {
    return "x";
  }

  @Override
  public String remark() {
    return "x";
  }
}
