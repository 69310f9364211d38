package io.siyu.mall.cps.claim;

import static io.siyu.mall.cps.claim.ClaimState.ACCEPTED;
import static io.siyu.mall.cps.claim.ClaimState.OPEN;
import static io.siyu.mall.cps.claim.ClaimState.REJECTED;

import io.siyu.mall.platform.test.StateMachineContract;

class ClaimStatesTest extends StateMachineContract<ClaimState> {

  ClaimStatesTest() {
    super("cps-claim", "认领 Claim", ClaimState.TABLE);
    allow(OPEN, ACCEPTED, REJECTED);
  }
}
