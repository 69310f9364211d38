package io.siyu.mall.distributor.distributor;

import static io.siyu.mall.distributor.distributor.DistributorState.ACTIVE;
import static io.siyu.mall.distributor.distributor.DistributorState.APPLIED;
import static io.siyu.mall.distributor.distributor.DistributorState.CLOSED;
import static io.siyu.mall.distributor.distributor.DistributorState.REJECTED;
import static io.siyu.mall.distributor.distributor.DistributorState.SUSPENDED;

import io.siyu.mall.platform.test.StateMachineContract;

class DistributorStatesTest extends StateMachineContract<DistributorState> {

  DistributorStatesTest() {
    super("distributor", "分销员 Distributor", DistributorState.TRANSITIONS);
    allow(APPLIED, ACTIVE, REJECTED);
    allow(ACTIVE, SUSPENDED, CLOSED);
    allow(SUSPENDED, ACTIVE, CLOSED);
  }
}
