package io.siyu.mall.cps.order;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;

/**
 * Commission that a platform takes back.
 *
 * @param refundNo the platform's number of the refund, unique there
 * @param amount of commission, after fees
 * @param toldAt the platform's time of it
 * @param raw the document as it came
 */
public record Clawback(
    String refundNo, CpsOrderKey order, State state, Money amount, Instant toldAt, String raw) {

  /** The same claw-back of an order that is stored under another id. */
  Clawback withKey(CpsOrderKey other) {
    return new Clawback(refundNo, other, state, amount, toldAt, raw);
  }

  /** In the order of finality, as with orders: the later one holds. */
  public enum State {
    /** Asked for by the buyer, not decided. */
    OPEN,
    /** Nothing is taken back. */
    DROPPED,
    /** Taken back, or to be deducted from the next payment. */
    EFFECTIVE
  }
}
