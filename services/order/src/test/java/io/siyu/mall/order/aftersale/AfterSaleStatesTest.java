package io.siyu.mall.order.aftersale;

import static io.siyu.mall.order.aftersale.AfterSaleState.APPLIED;
import static io.siyu.mall.order.aftersale.AfterSaleState.APPROVED;
import static io.siyu.mall.order.aftersale.AfterSaleState.ARBITRATION;
import static io.siyu.mall.order.aftersale.AfterSaleState.CANCELLED;
import static io.siyu.mall.order.aftersale.AfterSaleState.CLOSED;
import static io.siyu.mall.order.aftersale.AfterSaleState.COMPLETED;
import static io.siyu.mall.order.aftersale.AfterSaleState.REFUNDING;
import static io.siyu.mall.order.aftersale.AfterSaleState.REFUSED;
import static io.siyu.mall.order.aftersale.AfterSaleState.REJECTED;
import static io.siyu.mall.order.aftersale.AfterSaleState.RESHIPPED;
import static io.siyu.mall.order.aftersale.AfterSaleState.RETURNING;
import static io.siyu.mall.order.aftersale.AfterSaleState.RETURN_RECEIVED;

import io.siyu.mall.platform.test.StateMachineContract;

class AfterSaleStatesTest extends StateMachineContract<AfterSaleState> {
  AfterSaleStatesTest() {
    super("after-sale", "售后单 After-sale case", AfterSaleState.TABLE);
    allow(APPLIED, APPROVED, REFUNDING, REJECTED, CANCELLED);
    allow(APPROVED, RETURNING, CLOSED, CANCELLED);
    allow(RETURNING, RETURN_RECEIVED, CANCELLED);
    allow(RETURN_RECEIVED, REFUNDING, REFUSED, RESHIPPED);
    allow(REFUNDING, COMPLETED);
    allow(REJECTED, ARBITRATION, CLOSED, CANCELLED);
    allow(REFUSED, ARBITRATION, CLOSED, CANCELLED);
    allow(ARBITRATION, REFUNDING, CLOSED, CANCELLED);
    allow(RESHIPPED, COMPLETED);
  }
}
