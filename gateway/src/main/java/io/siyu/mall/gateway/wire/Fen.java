package io.siyu.mall.gateway.wire;

import io.siyu.mall.proto.common.v1.Money;

/** Money between the wire and JSON, where it is an integer of fen. */
public final class Fen {

  private static final String CNY = "CNY";

  private Fen() {}

  /** Fen of an amount; 0 when the message does not say. */
  public static long of(Money money) {
    if (money.getMinorUnits() != 0 && !CNY.equals(money.getCurrencyCode())) {
      throw new IllegalStateException("an amount in " + money.getCurrencyCode() + " is not fen");
    }
    return money.getMinorUnits();
  }

  /** The amount of that many fen. */
  public static Money money(long fen) {
    return Money.newBuilder().setCurrencyCode(CNY).setMinorUnits(fen).build();
  }
}
