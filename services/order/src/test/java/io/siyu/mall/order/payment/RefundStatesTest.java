package io.siyu.mall.order.payment;

import static io.siyu.mall.order.payment.RefundState.FAILED;
import static io.siyu.mall.order.payment.RefundState.PAID_OTHERWISE;
import static io.siyu.mall.order.payment.RefundState.REQUESTED;
import static io.siyu.mall.order.payment.RefundState.STUCK;
import static io.siyu.mall.order.payment.RefundState.SUBMITTED;
import static io.siyu.mall.order.payment.RefundState.SUCCEEDED;

import io.siyu.mall.platform.test.StateMachineContract;

class RefundStatesTest extends StateMachineContract<RefundState> {
  RefundStatesTest() {
    super("refund", "退款单 Refund", RefundState.TABLE);
    allow(REQUESTED, SUBMITTED, FAILED, STUCK);
    allow(SUBMITTED, SUCCEEDED, FAILED, STUCK);
    allow(FAILED, SUBMITTED, STUCK);
    allow(STUCK, FAILED, SUBMITTED, PAID_OTHERWISE);
  }
}
