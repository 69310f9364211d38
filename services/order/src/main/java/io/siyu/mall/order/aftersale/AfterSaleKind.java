package io.siyu.mall.order.aftersale;

/** What the member asks for. */
public enum AfterSaleKind {
  REFUND_ONLY,
  RETURN_REFUND,
  EXCHANGE
}
