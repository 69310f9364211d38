package io.siyu.mall.cps.statement;

import static io.siyu.mall.cps.statement.StatementState.DONE;
import static io.siyu.mall.cps.statement.StatementState.FAILED;
import static io.siyu.mall.cps.statement.StatementState.QUEUED;
import static io.siyu.mall.cps.statement.StatementState.RUNNING;

import io.siyu.mall.platform.test.StateMachineContract;

class StatementStatesTest extends StateMachineContract<StatementState> {

  StatementStatesTest() {
    super("cps-statement", "对账单 Statement", StatementState.TABLE);
    allow(QUEUED, RUNNING);
    allow(RUNNING, DONE, FAILED);
    allow(DONE, QUEUED);
    allow(FAILED, QUEUED);
  }
}
