package io.siyu.mall.order.order;

import static io.siyu.mall.order.order.OrderState.CANCELLED;
import static io.siyu.mall.order.order.OrderState.CLOSED;
import static io.siyu.mall.order.order.OrderState.COMPLETED;
import static io.siyu.mall.order.order.OrderState.PAID;
import static io.siyu.mall.order.order.OrderState.PARTIALLY_SHIPPED;
import static io.siyu.mall.order.order.OrderState.PENDING_PAYMENT;
import static io.siyu.mall.order.order.OrderState.RECEIVED;
import static io.siyu.mall.order.order.OrderState.SHIPPED;

import io.siyu.mall.platform.test.StateMachineContract;

class OrderStatesTest extends StateMachineContract<OrderState> {
  OrderStatesTest() {
    super("order", "订单 Order", OrderState.TABLE);
    allow(PENDING_PAYMENT, PAID, CANCELLED);
    allow(PAID, PARTIALLY_SHIPPED, SHIPPED, CLOSED);
    allow(PARTIALLY_SHIPPED, SHIPPED, CLOSED);
    allow(SHIPPED, RECEIVED, CLOSED);
    allow(RECEIVED, COMPLETED, CLOSED);
  }
}
