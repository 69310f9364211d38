package io.siyu.mall.sandbox.wechatpay;

/** WeChat Pay's {@code trade_state}, as far as JSAPI payments know it. */
public enum PaymentState {
  NOTPAY("订单未支付"),
  SUCCESS("支付成功"),
  /** Paid, and at least partly refunded. */
  REFUND("转入退款"),
  CLOSED("订单已关闭");

  private final String description;

  PaymentState(String description) {
    this.description = description;
  }

  /** WeChat Pay's words for it. */
  public String description() {
    return description;
  }
}
