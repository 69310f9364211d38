package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.DistributorState;
import io.siyu.mall.proto.distributor.v1.PayeeCase;
import io.siyu.mall.proto.distributor.v1.WithdrawalDecision;
import java.util.List;

/** Withdrawals on the wire. */
final class WithdrawalProto {

  private static final int MOST_CASES = 20;

  private WithdrawalProto() {}

  static io.siyu.mall.proto.distributor.v1.Withdrawal to(Withdrawal withdrawal) {
    Withdrawal.Stored w = withdrawal.stored();
    var message =
        io.siyu.mall.proto.distributor.v1.Withdrawal.newBuilder()
            .setWithdrawalId(ProtoIds.to(w.id()))
            .setMemberId(ProtoIds.to(w.memberId()))
            .setDistributorId(ProtoIds.to(w.distributorId()))
            .setState(state(w.state()))
            .setAmount(ProtoMoney.to(w.amount()))
            .setFee(ProtoMoney.to(w.fee()))
            .setTax(ProtoMoney.to(w.tax()))
            .setNet(ProtoMoney.to(withdrawal.net()))
            .setBillNo(w.billNo())
            .setProviderBillNo(w.providerBillNo())
            .setPackageInfo(w.packageInfo())
            .setFailure(w.failure())
            .setDecidedBy(w.decidedBy())
            .setTaxExplanation(w.taxExplanation())
            .setRequestedAt(ProtoTime.to(w.requestedAt()))
            .setRefusal(w.refusal())
            .setGivenUp(w.givenUp())
            .setAttempts(w.attempts());
    if (w.finishedAt() != null) {
      message.setFinishedAt(ProtoTime.to(w.finishedAt()));
    }
    if (w.orderedAt() != null) {
      message.setOrderedAt(ProtoTime.to(w.orderedAt()));
    }
    if (w.nextAttemptAt() != null) {
      message.setNextAttemptAt(ProtoTime.to(w.nextAttemptAt()));
    }
    return message.build();
  }

  /** As staff see it: with what staff decided, and how the receiver stands. */
  static io.siyu.mall.proto.distributor.v1.Withdrawal to(
      Withdrawal withdrawal, List<Decision> decisions, Payee payee) {
    var message =
        to(withdrawal).toBuilder()
            .addAllDecisions(decisions.stream().map(WithdrawalProto::to).toList());
    if (payee != null) {
      message.setPayee(to(payee));
    }
    return message.build();
  }

  private static io.siyu.mall.proto.distributor.v1.Payee to(Payee payee) {
    return io.siyu.mall.proto.distributor.v1.Payee.newBuilder()
        .setDistributorId(ProtoIds.to(payee.distributorId()))
        .setDistributorState(DistributorState.valueOf(payee.state().name()))
        .setStateReason(payee.stateReason())
        .setOnHold(payee.onHold())
        .setDebt(ProtoMoney.to(payee.owed()))
        .setAvailable(ProtoMoney.to(payee.available()))
        .addAllOpenCases(
            payee.openCases().stream().limit(MOST_CASES).map(WithdrawalProto::to).toList())
        .setOpenCaseCount(payee.openCases().size())
        .setAtStake(ProtoMoney.to(payee.atStake()))
        .build();
  }

  private static PayeeCase to(Payee.OpenCase open) {
    return PayeeCase.newBuilder()
        .setCaseId(ProtoIds.to(open.caseId()))
        .setOrderId(ProtoIds.to(open.orderId()))
        .setOrderNo(open.orderNo())
        .setOpenedAt(ProtoTime.to(open.openedAt()))
        .setCommission(ProtoMoney.to(open.commission()))
        .build();
  }

  private static WithdrawalDecision to(Decision decision) {
    return WithdrawalDecision.newBuilder()
        .setKind(
            switch (decision.kind()) {
              case APPROVED -> WithdrawalDecision.Kind.APPROVED;
              case REJECTED -> WithdrawalDecision.Kind.REJECTED;
              case RETRIED -> WithdrawalDecision.Kind.RETRIED;
              case GIVEN_UP -> WithdrawalDecision.Kind.GIVEN_UP;
              case HELD -> WithdrawalDecision.Kind.HELD;
              case RELEASED -> WithdrawalDecision.Kind.RELEASED;
            })
        .setDecidedBy(decision.by())
        .setReason(decision.reason())
        .setDecidedAt(ProtoTime.to(decision.at()))
        .build();
  }

  /** Null for "any". */
  static WithdrawalState state(io.siyu.mall.proto.distributor.v1.WithdrawalState state) {
    return switch (state) {
      case WITHDRAWAL_STATE_UNSPECIFIED -> null;
      case REQUESTED -> WithdrawalState.REQUESTED;
      case WITHDRAWAL_APPROVED -> WithdrawalState.APPROVED;
      case PAYING -> WithdrawalState.PAYING;
      case WITHDRAWAL_PAID -> WithdrawalState.PAID;
      case FAILED -> WithdrawalState.FAILED;
      case WITHDRAWAL_REJECTED -> WithdrawalState.REJECTED;
      case HELD -> WithdrawalState.HELD;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is unknown");
    };
  }

  private static io.siyu.mall.proto.distributor.v1.WithdrawalState state(WithdrawalState state) {
    return switch (state) {
      case REQUESTED -> io.siyu.mall.proto.distributor.v1.WithdrawalState.REQUESTED;
      case APPROVED -> io.siyu.mall.proto.distributor.v1.WithdrawalState.WITHDRAWAL_APPROVED;
      case PAYING -> io.siyu.mall.proto.distributor.v1.WithdrawalState.PAYING;
      case PAID -> io.siyu.mall.proto.distributor.v1.WithdrawalState.WITHDRAWAL_PAID;
      case FAILED -> io.siyu.mall.proto.distributor.v1.WithdrawalState.FAILED;
      case REJECTED -> io.siyu.mall.proto.distributor.v1.WithdrawalState.WITHDRAWAL_REJECTED;
      case HELD -> io.siyu.mall.proto.distributor.v1.WithdrawalState.HELD;
    };
  }
}
