package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.text.TextType;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Money on its way out. The amount has left what is available when it is made; it is transferred
 * once, under a bill number that never changes, and comes back only when finance declines or the
 * provider itself says that the transfer failed.
 */
public final class Withdrawal {

  public static final String NOT_UNDER_WAY = "WITHDRAWAL_NOT_UNDER_WAY";
  public static final String TOO_OLD = "TRANSFER_TOO_OLD";
  public static final String NOTHING_LEFT = "NOTHING_LEFT";

  /** The provider tells of transfers of the last 30 days; of older ones "none" says nothing. */
  private static final Duration TOLD_OF = Duration.ofDays(29);

  private final UUID id;
  private final UUID memberId;
  private final UUID distributorId;
  private final Money amount;
  private final Money fee;
  private final String billNo;
  private final Instant requestedAt;
  private WithdrawalState state;
  private Money tax;
  private String taxExplanation;
  private String decidedBy;
  private String providerBillNo;
  private String packageInfo;
  private String failure;
  private Instant approvedAt;
  private Instant finishedAt;
  private Instant nextAttemptAt;
  private int attempts;
  private Instant orderedAt;
  private String refusal;
  private boolean givenUp;

  /** As it is stored. */
  public record Stored(
      UUID id,
      UUID memberId,
      UUID distributorId,
      WithdrawalState state,
      Money amount,
      Money fee,
      Money tax,
      String billNo,
      String providerBillNo,
      String packageInfo,
      String failure,
      String decidedBy,
      String taxExplanation,
      Instant requestedAt,
      Instant approvedAt,
      Instant finishedAt,
      Instant nextAttemptAt,
      int attempts,
      Instant orderedAt,
      String refusal,
      boolean givenUp) {}

  private Withdrawal(
      UUID id, UUID memberId, UUID distributorId, Money amount, Money fee, Instant requestedAt) {
    this.id = id;
    this.memberId = memberId;
    this.distributorId = distributorId;
    this.amount = amount;
    this.fee = fee;
    this.requestedAt = requestedAt;
    // 32 letters and digits, which is what the provider allows.
    this.billNo = id.toString().replace("-", "");
  }

  /**
   * A new request; the tax is fixed when it is approved.
   *
   * @param memberId whose money it is
   * @param distributorId the seat that they have
   */
  public static Withdrawal request(
      UUID memberId, UUID distributorId, Money amount, Money fee, Instant now) {
    if (!amount.minus(fee).isPositive()) {
      throw DomainException.invalid("amount", "must be more than the fee");
    }
    Withdrawal made = new Withdrawal(Ids.next(), memberId, distributorId, amount, fee, now);
    made.state = WithdrawalState.REQUESTED;
    made.tax = Money.ZERO;
    made.taxExplanation = "";
    made.decidedBy = "";
    made.providerBillNo = "";
    made.packageInfo = "";
    made.failure = "";
    made.refusal = "";
    return made;
  }

  /** One that was stored. */
  public static Withdrawal of(Stored stored) {
    Withdrawal known =
        new Withdrawal(
            stored.id,
            stored.memberId,
            stored.distributorId,
            stored.amount,
            stored.fee,
            stored.requestedAt);
    known.state = stored.state;
    known.tax = stored.tax;
    known.taxExplanation = stored.taxExplanation;
    known.decidedBy = stored.decidedBy;
    known.providerBillNo = stored.providerBillNo;
    known.packageInfo = stored.packageInfo;
    known.failure = stored.failure;
    known.approvedAt = stored.approvedAt;
    known.finishedAt = stored.finishedAt;
    known.nextAttemptAt = stored.nextAttemptAt;
    known.attempts = stored.attempts;
    known.orderedAt = stored.orderedAt;
    known.refusal = stored.refusal;
    known.givenUp = stored.givenUp;
    return known;
  }

  /** What is to be stored. */
  public Stored stored() {
    return new Stored(
        id,
        memberId,
        distributorId,
        state,
        amount,
        fee,
        tax,
        billNo,
        providerBillNo,
        packageInfo,
        failure,
        decidedBy,
        taxExplanation,
        requestedAt,
        approvedAt,
        finishedAt,
        nextAttemptAt,
        attempts,
        orderedAt,
        refusal,
        givenUp);
  }

  /**
   * Finance agrees; the tax is final.
   *
   * @throws DomainException NOTHING_LEFT when fee and tax take it all
   */
  public void approve(Withholding withholding, String by, Instant now) {
    requireApprovable();
    if (!amount.minus(fee).minus(withholding.tax()).isPositive()) {
      throw DomainException.precondition(
          NOTHING_LEFT, "nothing would be left to transfer after fee and tax");
    }
    moveTo(WithdrawalState.APPROVED);
    tax = withholding.tax();
    taxExplanation = withholding.explanation();
    decidedBy = by;
    approvedAt = now;
    nextAttemptAt = now;
    failure = "";
  }

  /** Whether finance can agree to it. */
  void requireApprovable() {
    WithdrawalState.TRANSITIONS.check(state, WithdrawalState.APPROVED);
  }

  /**
   * Finance agreed, now or before, but the distributor is suspended. What tax there will be is seen
   * when it goes on.
   *
   * @param by who agreed
   */
  public void hold(String by) {
    moveTo(WithdrawalState.HELD);
    tax = Money.ZERO;
    taxExplanation = "";
    decidedBy = by;
    approvedAt = null;
    nextAttemptAt = null;
  }

  /** It cannot go on as finance agreed to it: finance has to look again. */
  public void reopen(String why) {
    moveTo(WithdrawalState.REQUESTED);
    failure = why;
    decidedBy = "";
  }

  /** Finance declines. */
  public void reject(String reason, String by, Instant now) {
    Validation.start().required(TextType.REASON, "reason", reason).check();
    moveTo(WithdrawalState.REJECTED);
    failure = reason;
    decidedBy = by;
    finishedAt = now;
  }

  /** From here on only the provider's word ends it. */
  public void startPaying(Instant now) {
    moveTo(WithdrawalState.PAYING);
    nextAttemptAt = now;
  }

  /**
   * Takes what the provider says.
   *
   * @return whether that ended it
   */
  public boolean hear(TransferBill bill, Instant now) {
    if (state != WithdrawalState.PAYING) {
      // A notification after a query that said so already, or the other way round.
      return false;
    }
    if (!bill.providerBillNo().isEmpty()) {
      providerBillNo = bill.providerBillNo();
    }
    // It has one after all, whatever it said of another attempt.
    refusal = "";
    switch (bill.status()) {
      case SUCCESS -> finish(WithdrawalState.PAID, "", now);
      case FAIL, CANCELLED ->
          finish(
              WithdrawalState.FAILED,
              bill.failure().isEmpty() ? bill.status().name() : bill.failure(),
              now);
      case WAIT_USER_CONFIRM -> {
        if (!bill.packageInfo().isEmpty()) {
          packageInfo = bill.packageInfo();
        }
        failure = "";
      }
      case ACCEPTED, PROCESSING, TRANSFERING, CANCELING -> failure = "";
    }
    return state != WithdrawalState.PAYING;
  }

  /**
   * An attempt begins.
   *
   * @param again when to ask again if nothing certain comes of it
   * @param suspended whether the distributor is: then the provider is asked, but not told
   */
  public void attempt(Instant now, Instant again, boolean suspended) {
    nextAttemptAt = again;
    attempts++;
    if (mayOrder() && !suspended) {
      orderedAt = now;
    }
  }

  /**
   * The provider refused the transfer for good. It is told no more; a while later it is asked
   * whether it has such a transfer all the same.
   *
   * @param code by its own name
   * @param settle how long a transfer that was ordered may take to be known
   */
  public void refused(String code, String why, Duration settle) {
    if (state == WithdrawalState.PAYING) {
      refusal = code;
      failure = why;
      nextAttemptAt = orderedAt.plus(settle);
    }
  }

  /**
   * The provider knows no such transfer. That is the end of it only if it is told no more, and was
   * told so long before it was asked that nothing can be on its way any more.
   *
   * @param asked before the question went out
   * @return whether that ended it
   */
  public boolean missing(Instant asked, Duration settle, Instant now) {
    if (state != WithdrawalState.PAYING || mayOrder()) {
      return false;
    }
    if (isTooOld(asked)) {
      nextAttemptAt = asked.plus(Duration.ofDays(1));
      return false;
    }
    Instant settled = orderedAt.plus(settle);
    if (settled.isAfter(asked)) {
      nextAttemptAt = settled;
      return false;
    }
    finish(WithdrawalState.FAILED, failure, now);
    return true;
  }

  /**
   * Finance wants the provider to be told again at once.
   *
   * @throws DomainException WITHDRAWAL_NOT_UNDER_WAY
   */
  public void retry(Instant now) {
    requireUnderWay();
    refusal = "";
    givenUp = false;
    nextAttemptAt = now;
  }

  /**
   * Finance wants no more of it: the provider is told no more.
   *
   * @throws DomainException WITHDRAWAL_NOT_UNDER_WAY; TRANSFER_TOO_OLD when the provider could not
   *     tell any more that there is none
   */
  public void giveUp(String reason, Instant now) {
    Validation.start().required(TextType.REASON, "reason", reason).check();
    requireUnderWay();
    if (isTooOld(now)) {
      throw DomainException.precondition(
          TOO_OLD, "the provider tells only of the last 30 days: compare with its bills");
    }
    if (!givenUp) {
      givenUp = true;
      failure = failure.isEmpty() ? reason : reason + " (" + failure + ")";
    }
  }

  /** Whether the provider may be told to transfer, and not only asked. */
  public boolean mayOrder() {
    return refusal.isEmpty() && !givenUp;
  }

  private boolean isTooOld(Instant asked) {
    return approvedAt.plus(TOLD_OF).isBefore(asked);
  }

  private void requireUnderWay() {
    if (state != WithdrawalState.PAYING) {
      throw DomainException.precondition(NOT_UNDER_WAY, "it is not under way but " + state);
    }
  }

  /** The last attempt brought nothing certain; when to ask again stays. */
  Withdrawal troubled(String why) {
    failure = why;
    return this;
  }

  /** Whether the provider is to be told, or asked, by now. */
  public boolean isDue(Instant now) {
    return (state == WithdrawalState.APPROVED || state == WithdrawalState.PAYING)
        && nextAttemptAt != null
        && !nextAttemptAt.isAfter(now);
  }

  private void finish(WithdrawalState end, String why, Instant now) {
    moveTo(end);
    failure = why;
    packageInfo = "";
    finishedAt = now;
    nextAttemptAt = null;
  }

  private void moveTo(WithdrawalState next) {
    WithdrawalState.TRANSITIONS.check(state, next);
    state = next;
  }

  public UUID id() {
    return id;
  }

  /** Whose money it is. */
  public UUID memberId() {
    return memberId;
  }

  /** The seat they had when they asked for it. */
  public UUID distributorId() {
    return distributorId;
  }

  /** Who decided last; empty: nobody has. */
  public String decidedBy() {
    return decidedBy;
  }

  public WithdrawalState state() {
    return state;
  }

  public Money amount() {
    return amount;
  }

  public Money fee() {
    return fee;
  }

  public Money tax() {
    return tax;
  }

  /** What is transferred: the amount less fee and tax. */
  public Money net() {
    return amount.minus(fee).minus(tax);
  }

  /** The number the provider knows it by; never changes. */
  public String billNo() {
    return billNo;
  }

  public int attempts() {
    return attempts;
  }

  /** Why the last attempt brought nothing, or why it failed or was declined; else empty. */
  public String failure() {
    return failure;
  }

  /** What the client needs while the receiver has to confirm; else empty. */
  public String packageInfo() {
    return packageInfo;
  }
}
