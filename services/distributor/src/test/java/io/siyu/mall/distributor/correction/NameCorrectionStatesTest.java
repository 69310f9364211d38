package io.siyu.mall.distributor.correction;

import static io.siyu.mall.distributor.correction.NameCorrectionState.APPROVED;
import static io.siyu.mall.distributor.correction.NameCorrectionState.REJECTED;
import static io.siyu.mall.distributor.correction.NameCorrectionState.REQUESTED;

import io.siyu.mall.platform.test.StateMachineContract;

class NameCorrectionStatesTest extends StateMachineContract<NameCorrectionState> {

  NameCorrectionStatesTest() {
    super("name-correction", "姓名更正 Name correction", NameCorrectionState.TRANSITIONS);
    allow(REQUESTED, APPROVED, REJECTED);
  }
}
