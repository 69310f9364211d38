package io.siyu.mall.distributor.withdrawal;

import static io.siyu.mall.distributor.withdrawal.WithdrawalState.APPROVED;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.FAILED;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.HELD;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.PAID;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.PAYING;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.REJECTED;
import static io.siyu.mall.distributor.withdrawal.WithdrawalState.REQUESTED;

import io.siyu.mall.platform.test.StateMachineContract;

class WithdrawalStatesTest extends StateMachineContract<WithdrawalState> {

  WithdrawalStatesTest() {
    super("withdrawal", "提现 Withdrawal", WithdrawalState.TRANSITIONS);
    allow(REQUESTED, APPROVED, HELD, REJECTED);
    allow(HELD, APPROVED, REQUESTED, REJECTED);
    allow(APPROVED, PAYING, HELD);
    allow(PAYING, PAID, FAILED);
  }
}
