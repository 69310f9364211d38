package io.siyu.mall.order.payment;

/** Who takes the money. */
public enum Provider {
  WECHAT_PAY
}
