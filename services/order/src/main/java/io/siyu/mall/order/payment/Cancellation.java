package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.Actor;

/** Why a trade is given up, and by whom. */
public record Cancellation(String reason, Actor by) {

  /** Nobody paid in time. */
  public static final Cancellation TIMEOUT = new Cancellation("付款超时", Actor.SYSTEM);
}
