package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.distributor.attribution.AttributionQueries.Answer;
import io.siyu.mall.distributor.ledger.LedgerQueries.BalanceView;
import io.siyu.mall.distributor.ledger.LedgerQueries.CommissionView;
import io.siyu.mall.distributor.ledger.LedgerQueries.Evidence;
import io.siyu.mall.distributor.ledger.LedgerQueries.PostingView;
import io.siyu.mall.distributor.rule.RuleProto;
import io.siyu.mall.distributor.rule.RuleVersion;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;

/** Balances, commissions and postings on the wire. */
final class LedgerProto {

  private LedgerProto() {}

  static Balance to(BalanceView view) {
    Account account = view.account();
    return Balance.newBuilder()
        .setDistributorId(ProtoIds.to(view.distributorId()))
        .setPending(ProtoMoney.to(account.balance(Bucket.PENDING)))
        .setFrozen(ProtoMoney.to(account.balance(Bucket.FROZEN)))
        .setAvailable(ProtoMoney.to(account.balance(Bucket.AVAILABLE)))
        .setWithdrawing(ProtoMoney.to(account.balance(Bucket.WITHDRAWING)))
        .setPaid(ProtoMoney.to(account.balance(Bucket.PAID_OUT)))
        .setDebt(ProtoMoney.to(account.owed()))
        .setTaxWithheld(ProtoMoney.to(view.taxWithheld()))
        .build();
  }

  static io.siyu.mall.proto.distributor.v1.Commission to(CommissionView view) {
    Commission c = view.commission();
    return io.siyu.mall.proto.distributor.v1.Commission.newBuilder()
        .setCommissionId(ProtoIds.to(c.id()))
        .setDistributorId(ProtoIds.to(c.beneficiary()))
        .setLevel(io.siyu.mall.proto.distributor.v1.Level.valueOf(c.level().name()))
        .setSource(io.siyu.mall.proto.distributor.v1.Source.valueOf(c.source().name()))
        .setOrderId(ProtoIds.to(c.orderId()))
        .setOrderNo(view.orderNo())
        .setOrderLineId(ProtoIds.to(c.lineId()))
        .setTitle(view.title())
        .setBase(ProtoMoney.to(c.base()))
        .setEarned(ProtoMoney.to(c.earned()))
        .setReversed(ProtoMoney.to(c.reversed()))
        .setPending(ProtoMoney.to(c.pending()))
        .setFrozen(ProtoMoney.to(c.frozen()))
        .setReleased(ProtoMoney.to(c.released()))
        .setPaused(c.paused())
        .setCreatedAt(ProtoTime.to(c.createdAt()))
        .build();
  }

  static io.siyu.mall.proto.distributor.v1.Posting to(PostingView view) {
    return io.siyu.mall.proto.distributor.v1.Posting.newBuilder()
        .setPostingId(ProtoIds.to(view.id()))
        .setTransactionId(ProtoIds.to(view.entryId()))
        .setOwnerKind(view.ownerKind().name())
        .setOwnerId(ProtoIds.to(view.ownerId()))
        .setBucket(bucket(view.bucket()))
        .setAmountFen(view.amount().minor())
        .setEvent(view.event())
        .setCommissionId(ProtoIds.to(view.commissionId()))
        .setWithdrawalId(ProtoIds.to(view.withdrawalId()))
        .setAt(ProtoTime.to(view.at()))
        .build();
  }

  /** Of an outside order, which no rule and no touch decides. */
  static CommissionExplanation to(Evidence evidence, CpsFacts order) {
    CommissionExplanation.Builder message =
        CommissionExplanation.newBuilder()
            .setCommission(to(evidence.commission()))
            .addAllSentences(CpsExplanation.of(evidence.commission().commission(), order));
    evidence.postings().stream().map(LedgerProto::to).forEach(message::addPostings);
    return message.build();
  }

  /**
   * @param rule null when it cannot be found
   */
  static CommissionExplanation to(Evidence evidence, RuleVersion rule) {
    Commission commission = evidence.commission().commission();
    CommissionExplanation.Builder message =
        CommissionExplanation.newBuilder()
            .setCommission(to(evidence.commission()))
            .setAttribution(
                AttributionProto.to(
                    new Answer(
                        commission.lineId().toString(),
                        evidence.order().lines().get(commission.lineId()).sale().attribution())))
            .addAllSentences(Explanation.of(evidence));
    if (rule != null) {
      message.setRule(RuleProto.to(rule));
    }
    evidence.postings().stream().map(LedgerProto::to).forEach(message::addPostings);
    return message.build();
  }

  private static io.siyu.mall.proto.distributor.v1.Bucket bucket(Bucket bucket) {
    return bucket == Bucket.GENERAL
        ? io.siyu.mall.proto.distributor.v1.Bucket.BUCKET_UNSPECIFIED
        : io.siyu.mall.proto.distributor.v1.Bucket.valueOf(bucket.name());
  }
}
