package io.siyu.mall.cps.order;

import static io.siyu.mall.cps.order.CpsOrderState.CLAWED_BACK;
import static io.siyu.mall.cps.order.CpsOrderState.INVALID;
import static io.siyu.mall.cps.order.CpsOrderState.PAID;
import static io.siyu.mall.cps.order.CpsOrderState.RECEIVED;
import static io.siyu.mall.cps.order.CpsOrderState.SETTLED;

import io.siyu.mall.platform.test.StateMachineContract;

class CpsOrderStatesTest extends StateMachineContract<CpsOrderState> {

  CpsOrderStatesTest() {
    super("cps-order", "外部订单 CPS order", CpsOrderState.TABLE);
    allow(PAID, RECEIVED, INVALID, SETTLED, CLAWED_BACK);
    allow(RECEIVED, INVALID, SETTLED, CLAWED_BACK);
    allow(INVALID, SETTLED, CLAWED_BACK);
    allow(SETTLED, CLAWED_BACK);
    allow(CLAWED_BACK, SETTLED);
  }
}
