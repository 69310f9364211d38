package io.siyu.mall.order.order;

import static io.siyu.mall.order.order.TradeState.CANCELLED;
import static io.siyu.mall.order.order.TradeState.PAID;
import static io.siyu.mall.order.order.TradeState.PENDING_PAYMENT;

import io.siyu.mall.platform.test.StateMachineContract;

class TradeStatesTest extends StateMachineContract<TradeState> {
  TradeStatesTest() {
    super("trade", "交易单 Trade", TradeState.TABLE);
    allow(PENDING_PAYMENT, PAID, CANCELLED);
  }
}
