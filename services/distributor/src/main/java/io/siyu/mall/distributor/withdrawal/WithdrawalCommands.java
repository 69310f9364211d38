package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.ledger.Book;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves withdrawals on, each step with its entry in the journal, inside the caller's transaction.
 * Locks are taken in the order withdrawal, distributor, person, tax year, account.
 */
@ApplicationScoped
public class WithdrawalCommands {

  public static final String NOT_FOUND = "WITHDRAWAL_NOT_FOUND";
  public static final String AMOUNT_DIFFERS = "TRANSFER_AMOUNT_DIFFERS";
  public static final String TRANSFER_EXISTS = "TRANSFER_EXISTS";

  private final Withdrawals withdrawals;
  private final TaxYears taxYears;
  private final Book book;
  private final WithdrawalConfig config;
  private final Clock clock;
  private final WithdrawalApprovals approvals;
  private final WithdrawalEntries entries;

  WithdrawalCommands(
      Withdrawals withdrawals, TaxYears taxYears, Book book, WithdrawalConfig config, Clock clock) {
    this.withdrawals = withdrawals;
    this.taxYears = taxYears;
    this.book = book;
    this.config = config;
    this.clock = clock;
    this.approvals = new WithdrawalApprovals(withdrawals, taxYears, clock);
    this.entries = new WithdrawalEntries(book, clock);
  }

  /**
   * A distributor asks for money; it leaves what is available at once, under the account's lock.
   *
   * @param memberId whose money it is
   * @param distributorId the seat that they have
   * @throws DomainException BELOW_MINIMUM, DAILY_CAP_REACHED, DEBT_OPEN, INSUFFICIENT_AVAILABLE
   */
  public Uni<Withdrawal> request(
      SqlTransaction tx, UUID memberId, UUID distributorId, Money amount) {
    LocalDate today = BusinessTime.today(clock);
    WithdrawalPolicy policy = config.policy();
    policy.check(amount, Money.ZERO);
    return book.lockAccount(tx, memberId)
        .invoke(account -> WithdrawalEntries.requireAvailable(account, amount))
        .chain(
            account ->
                withdrawals
                    .requestedOn(tx, account.memberId(), today)
                    .invoke(already -> policy.check(amount, already))
                    .map(
                        already ->
                            Withdrawal.request(
                                account.memberId(),
                                distributorId,
                                amount,
                                policy.feeOf(amount),
                                clock.instant()))
                    .call(made -> withdrawals.add(tx, made, today))
                    .call(made -> entries.take(tx, made, account)));
  }

  /** Finance agrees: the tax is fixed, or it is held. */
  public Uni<Withdrawal> approve(SqlTransaction tx, UUID id, String by) {
    return load(tx, id).call(withdrawal -> approvals.approve(tx, withdrawal, by));
  }

  /** Finance declines: the money is available again. */
  public Uni<Withdrawal> reject(SqlTransaction tx, UUID id, String reason, String by) {
    return load(tx, id)
        .invoke(withdrawal -> withdrawal.reject(reason, by, clock.instant()))
        .call(withdrawal -> withdrawals.save(tx, withdrawal))
        .call(withdrawal -> decided(tx, withdrawal, Decision.Kind.REJECTED, reason, by))
        .call(withdrawal -> entries.giveBack(tx, withdrawal));
  }

  /** Finance wants the provider to be told again at once, under the same number. */
  public Uni<Withdrawal> retry(SqlTransaction tx, UUID id, String by) {
    return load(tx, id)
        .invoke(withdrawal -> withdrawal.retry(clock.instant()))
        .call(withdrawal -> withdrawals.save(tx, withdrawal))
        .call(withdrawal -> decided(tx, withdrawal, Decision.Kind.RETRIED, "", by));
  }

  /**
   * Finance gives up. It fails at once when the provider has no such transfer and none can be on
   * its way, or has one that failed; else the provider is told no more and it fails later.
   *
   * @return fails with WITHDRAWAL_NOT_UNDER_WAY, with TRANSFER_TOO_OLD, and with TRANSFER_EXISTS
   *     when the provider has a transfer that did not fail
   */
  public Uni<Withdrawal> giveUp(
      SqlTransaction tx, UUID id, Inquiry inquiry, String reason, String by) {
    return load(tx, id)
        .invoke(withdrawal -> withdrawal.giveUp(reason, clock.instant()))
        .call(withdrawal -> take(tx, withdrawal, inquiry))
        .call(withdrawal -> decided(tx, withdrawal, Decision.Kind.GIVEN_UP, reason, by));
  }

  /** What staff decided about it so far, with what the transaction adds. */
  public Uni<List<Decision>> decisions(SqlTransaction tx, UUID id) {
    return withdrawals.decisions(tx, id);
  }

  private Uni<Void> take(SqlTransaction tx, Withdrawal withdrawal, Inquiry inquiry) {
    boolean ended =
        inquiry
            .found()
            .map(
                bill -> {
                  requireFailed(bill);
                  return withdrawal.hear(bill, clock.instant());
                })
            .orElseGet(
                () -> withdrawal.missing(inquiry.asked(), config.settleAfter(), clock.instant()));
    return settle(tx, withdrawal, ended);
  }

  private static void requireFailed(TransferBill bill) {
    if (bill.status() != Status.FAIL && bill.status() != Status.CANCELLED) {
      throw DomainException.precondition(
              TRANSFER_EXISTS, "the provider has the transfer: " + bill.status())
          .with("status", bill.status());
    }
  }

  /**
   * Claims a due one for an attempt, so that no other worker makes the same attempt meanwhile. One
   * that is held goes on first, if its distributor is suspended no more; one that is not with the
   * provider yet is held if they are.
   *
   * @return null when there is nothing to be done any more
   */
  public Uni<Attempt> claim(SqlTransaction tx, UUID id) {
    return load(tx, id)
        .chain(
            withdrawal ->
                withdrawals
                    .receiver(tx, withdrawal.memberId())
                    .chain(receiver -> claim(tx, withdrawal, receiver)));
  }

  private Uni<Attempt> claim(
      SqlTransaction tx, Withdrawal withdrawal, Withdrawals.Receiver receiver) {
    Uni<Void> ready = Uni.createFrom().voidItem();
    if (withdrawal.state() == WithdrawalState.HELD && !receiver.suspended()) {
      ready = approvals.release(tx, withdrawal);
    } else if (withdrawal.state() == WithdrawalState.APPROVED && receiver.suspended()) {
      ready = approvals.hold(tx, withdrawal);
    }
    return ready.chain(() -> attempt(tx, withdrawal, receiver));
  }

  private Uni<Attempt> attempt(
      SqlTransaction tx, Withdrawal withdrawal, Withdrawals.Receiver receiver) {
    Instant now = clock.instant();
    if (!withdrawal.isDue(now)) {
      return Uni.createFrom().nullItem();
    }
    if (withdrawal.state() == WithdrawalState.APPROVED) {
      withdrawal.startPaying(now);
    }
    withdrawal.attempt(now, now.plus(pause(withdrawal.attempts())), receiver.suspended());
    return withdrawals.save(tx, withdrawal).replaceWith(new Attempt(withdrawal, receiver));
  }

  /** Takes what the provider says of a transfer. */
  public Uni<Void> hear(SqlTransaction tx, TransferBill bill) {
    return withdrawals
        .lockByBill(tx, bill.billNo())
        .onItem()
        .ifNull()
        .failWith(WithdrawalCommands::unknown)
        .chain(
            withdrawal -> {
              if (bill.amount() != null && !bill.amount().equals(withdrawal.net())) {
                throw DomainException.precondition(
                        AMOUNT_DIFFERS, "the provider speaks of another amount")
                    .with("withdrawal_id", withdrawal.id());
              }
              return settle(tx, withdrawal, withdrawal.hear(bill, clock.instant()));
            });
  }

  /** The provider refused for good what it was told; nothing is certain of earlier attempts. */
  public Uni<Void> refused(SqlTransaction tx, UUID id, String code, String why) {
    return load(tx, id)
        .invoke(withdrawal -> withdrawal.refused(code, why, config.settleAfter()))
        .chain(withdrawal -> withdrawals.save(tx, withdrawal));
  }

  /** The provider knows no such transfer; the end of it once nothing can be on its way. */
  public Uni<Void> missing(SqlTransaction tx, UUID id, Instant asked) {
    return load(tx, id)
        .chain(
            withdrawal ->
                settle(
                    tx,
                    withdrawal,
                    withdrawal.missing(asked, config.settleAfter(), clock.instant())));
  }

  /** Stores it, and if that was the end the entry in the journal that belongs to it. */
  private Uni<Void> settle(SqlTransaction tx, Withdrawal withdrawal, boolean ended) {
    Uni<Void> saved = withdrawals.save(tx, withdrawal);
    if (!ended) {
      return saved;
    }
    return withdrawal.state() == WithdrawalState.PAID
        ? saved.chain(() -> entries.payOut(tx, withdrawal))
        : saved
            .chain(() -> taxYears.cancel(tx, withdrawal.id()))
            .chain(() -> entries.giveBack(tx, withdrawal));
  }

  /** Notes why an attempt brought nothing; the withdrawal stays as it is. */
  public Uni<Void> note(SqlTransaction tx, UUID id, String why) {
    return load(tx, id)
        .chain(
            withdrawal ->
                withdrawal.state() == WithdrawalState.PAYING
                    ? withdrawals.save(tx, withdrawal.troubled(why))
                    : Uni.createFrom().voidItem());
  }

  /**
   * What the provider answered to a question after a transfer.
   *
   * @param asked before the question went out
   * @param found empty: it knows no such number
   */
  public record Inquiry(Instant asked, Optional<TransferBill> found) {}

  /** A claimed withdrawal and who receives it. */
  public record Attempt(Withdrawal withdrawal, Withdrawals.Receiver receiver) {

    /** Whether the provider may be told to transfer, and not only asked. */
    boolean mayOrder() {
      return withdrawal.mayOrder() && !receiver.suspended();
    }
  }

  private Uni<Void> decided(
      SqlTransaction tx, Withdrawal withdrawal, Decision.Kind kind, String reason, String by) {
    return withdrawals.decided(
        tx, withdrawal.id(), new Decision(kind, by, reason, clock.instant()));
  }

  private Uni<Withdrawal> load(SqlTransaction tx, UUID id) {
    return withdrawals.lock(tx, id).onItem().ifNull().failWith(WithdrawalCommands::unknown);
  }

  private Duration pause(int attempts) {
    Duration pause = config.retryMin().multipliedBy(1L << Math.min(attempts, 20));
    return pause.compareTo(config.retryMax()) < 0 ? pause : config.retryMax();
  }

  static DomainException unknown() {
    return DomainException.notFound(NOT_FOUND, "there is no such withdrawal");
  }
}
