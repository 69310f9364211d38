package io.siyu.mall.order.payment;

import static io.siyu.mall.order.payment.RefundState.FAILED;
import static io.siyu.mall.order.payment.RefundState.REQUESTED;
import static io.siyu.mall.order.payment.RefundState.SUBMITTED;
import static io.siyu.mall.order.payment.RefundState.SUCCEEDED;

import io.siyu.mall.platform.test.StateMachineContract;

class RefundStatesTest extends StateMachineContract<RefundState> {
  RefundStatesTest() {
    super("refund", "退款单 Refund", RefundState.TABLE);
    allow(REQUESTED, SUBMITTED, FAILED);
    allow(SUBMITTED, SUCCEEDED, FAILED);
    allow(FAILED, SUBMITTED);
  }
}
