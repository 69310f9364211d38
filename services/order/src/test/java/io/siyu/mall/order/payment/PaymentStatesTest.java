package io.siyu.mall.order.payment;

import static io.siyu.mall.order.payment.PaymentState.CLOSED;
import static io.siyu.mall.order.payment.PaymentState.CREATED;
import static io.siyu.mall.order.payment.PaymentState.PREPAID;
import static io.siyu.mall.order.payment.PaymentState.SUCCEEDED;

import io.siyu.mall.platform.test.StateMachineContract;

class PaymentStatesTest extends StateMachineContract<PaymentState> {
  PaymentStatesTest() {
    super("payment", "支付单 Payment", PaymentState.TABLE);
    allow(CREATED, PREPAID, CLOSED);
    allow(PREPAID, SUCCEEDED, CLOSED);
    allow(CLOSED, SUCCEEDED);
  }
}
