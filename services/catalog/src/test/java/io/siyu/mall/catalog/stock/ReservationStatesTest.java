package io.siyu.mall.catalog.stock;

import static io.siyu.mall.catalog.stock.ReservationState.COMMITTED;
import static io.siyu.mall.catalog.stock.ReservationState.EXPIRED;
import static io.siyu.mall.catalog.stock.ReservationState.HELD;
import static io.siyu.mall.catalog.stock.ReservationState.RELEASED;

import io.siyu.mall.platform.test.StateMachineContract;

class ReservationStatesTest extends StateMachineContract<ReservationState> {

  ReservationStatesTest() {
    super("reservation", "库存预占 Reservation", ReservationState.TABLE);
    allow(HELD, COMMITTED, RELEASED, EXPIRED);
    allow(EXPIRED, HELD, RELEASED);
  }
}
