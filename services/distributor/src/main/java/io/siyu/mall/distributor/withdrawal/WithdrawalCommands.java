package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.ledger.Account;
import io.siyu.mall.distributor.ledger.Book;
import io.siyu.mall.distributor.ledger.Bucket;
import io.siyu.mall.distributor.ledger.Entry;
import io.siyu.mall.distributor.ledger.OwnerKind;
import io.siyu.mall.distributor.ledger.Posting;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Moves withdrawals on, each step with its entry in the journal, inside the caller's transaction.
 * Locks are taken in the order withdrawal, tax year, account.
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

  WithdrawalCommands(
      Withdrawals withdrawals, TaxYears taxYears, Book book, WithdrawalConfig config, Clock clock) {
    this.withdrawals = withdrawals;
    this.taxYears = taxYears;
    this.book = book;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A distributor asks for money; it leaves what is available at once, under the account's lock.
   *
   * @throws DomainException BELOW_MINIMUM, DAILY_CAP_REACHED, DEBT_OPEN, INSUFFICIENT_AVAILABLE
   */
  public Uni<Withdrawal> request(SqlTransaction tx, UUID distributorId, Money amount) {
    LocalDate today = BusinessTime.today(clock);
    WithdrawalPolicy policy = config.policy();
    policy.check(amount, Money.ZERO);
    return lockAccount(tx, distributorId)
        .invoke(account -> refuse(account, amount))
        .chain(
            account ->
                withdrawals
                    .requestedOn(tx, distributorId, today)
                    .chain(
                        already -> {
                          policy.check(amount, already);
                          Withdrawal made =
                              Withdrawal.request(
                                  distributorId, amount, policy.feeOf(amount), clock.instant());
                          List<Posting> postings = new ArrayList<>(account.settle(amount.negate()));
                          postings.addAll(account.post(Bucket.WITHDRAWING, amount));
                          return withdrawals
                              .add(tx, made, today)
                              .chain(() -> write(tx, made, account, postings))
                              .replaceWith(made);
                        }));
  }

  /** Finance agrees: the tax is fixed, cumulatively over the person's year, under its lock. */
  public Uni<Withdrawal> approve(SqlTransaction tx, UUID id, String by) {
    LocalDate today = BusinessTime.today(clock);
    return load(tx, id)
        .call(
            withdrawal ->
                withdrawals
                    .receiver(tx, withdrawal.distributorId())
                    .chain(
                        receiver ->
                            withhold(tx, withdrawal, receiver.personHash(), today)
                                .invoke(tax -> withdrawal.approve(tax, by, clock.instant()))
                                .chain(
                                    tax ->
                                        taxYears.count(
                                            tx, withdrawal, receiver.personHash(), today, tax)))
                    .chain(() -> withdrawals.save(tx, withdrawal))
                    .chain(() -> decided(tx, withdrawal, Decision.Kind.APPROVED, "", by)));
  }

  /** Finance declines: the money is available again. */
  public Uni<Withdrawal> reject(SqlTransaction tx, UUID id, String reason, String by) {
    return load(tx, id)
        .invoke(withdrawal -> withdrawal.reject(reason, by, clock.instant()))
        .call(withdrawal -> withdrawals.save(tx, withdrawal))
        .call(withdrawal -> decided(tx, withdrawal, Decision.Kind.REJECTED, reason, by))
        .call(withdrawal -> giveBack(tx, withdrawal));
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
   * Claims a due one for an attempt, so that no other worker makes the same attempt meanwhile.
   *
   * @return null when there is nothing to be done any more
   */
  public Uni<Attempt> claim(SqlTransaction tx, UUID id) {
    return load(tx, id)
        .chain(
            withdrawal -> {
              if (!withdrawal.isDue(clock.instant())) {
                return Uni.createFrom().nullItem();
              }
              if (withdrawal.state() == WithdrawalState.APPROVED) {
                withdrawal.startPaying(clock.instant());
              }
              Instant now = clock.instant();
              withdrawal.attempt(now, now.plus(pause(withdrawal.attempts())));
              return withdrawals
                  .save(tx, withdrawal)
                  .chain(() -> withdrawals.receiver(tx, withdrawal.distributorId()))
                  .map(receiver -> new Attempt(withdrawal, receiver));
            });
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
        ? saved.chain(() -> payOut(tx, withdrawal))
        : saved
            .chain(() -> taxYears.cancel(tx, withdrawal.id()))
            .chain(() -> giveBack(tx, withdrawal));
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
  public record Attempt(Withdrawal withdrawal, Withdrawals.Receiver receiver) {}

  private Uni<Withholding> withhold(
      SqlTransaction tx, Withdrawal withdrawal, String personHash, LocalDate today) {
    return taxYears
        .lock(tx, personHash, today.getYear())
        .chain(
            soFar ->
                taxYears
                    .regimes(tx)
                    .map(
                        regimes ->
                            Withholding.of(
                                TaxRegime.on(today, regimes), soFar, withdrawal.amount(), today)));
  }

  private Uni<Void> payOut(SqlTransaction tx, Withdrawal withdrawal) {
    return lockAccount(tx, withdrawal.distributorId())
        .chain(
            account -> {
              List<Posting> postings =
                  new ArrayList<>(account.post(Bucket.WITHDRAWING, withdrawal.amount().negate()));
              postings.addAll(account.post(Bucket.PAID_OUT, withdrawal.net()));
              add(postings, OwnerKind.TAX, withdrawal.tax());
              add(postings, OwnerKind.PLATFORM, withdrawal.fee());
              return write(tx, withdrawal, account, postings);
            });
  }

  /** What comes back pays a debt that arose meanwhile before it is available. */
  private Uni<Void> giveBack(SqlTransaction tx, Withdrawal withdrawal) {
    return lockAccount(tx, withdrawal.distributorId())
        .chain(
            account -> {
              List<Posting> postings =
                  new ArrayList<>(account.post(Bucket.WITHDRAWING, withdrawal.amount().negate()));
              postings.addAll(account.settle(withdrawal.amount()));
              return write(tx, withdrawal, account, postings);
            });
  }

  private Uni<Void> write(
      SqlTransaction tx, Withdrawal withdrawal, Account account, List<Posting> postings) {
    Entry entry =
        Entry.ofWithdrawal(
            withdrawal.id(),
            withdrawal.distributorId(),
            withdrawal.state().name(),
            clock.instant(),
            postings);
    return book.append(tx, List.of(entry), withdrawal.id())
        .chain(() -> book.saveAccounts(tx, List.of(account)));
  }

  private Uni<Void> decided(
      SqlTransaction tx, Withdrawal withdrawal, Decision.Kind kind, String reason, String by) {
    return withdrawals.decided(
        tx, withdrawal.id(), new Decision(kind, by, reason, clock.instant()));
  }

  private Uni<Account> lockAccount(SqlTransaction tx, UUID distributorId) {
    return book.lockAccounts(tx, List.of(distributorId)).map(found -> found.get(distributorId));
  }

  private Uni<Withdrawal> load(SqlTransaction tx, UUID id) {
    return withdrawals.lock(tx, id).onItem().ifNull().failWith(WithdrawalCommands::unknown);
  }

  private Duration pause(int attempts) {
    Duration pause = config.retryMin().multipliedBy(1L << Math.min(attempts, 20));
    return pause.compareTo(config.retryMax()) < 0 ? pause : config.retryMax();
  }

  private static void refuse(Account account, Money amount) {
    if (account.owed().isPositive()) {
      throw DomainException.precondition("DEBT_OPEN", "something is owed: nothing can be withdrawn")
          .with("debt_fen", account.owed().minor());
    }
    if (account.balance(Bucket.AVAILABLE).compareTo(amount) < 0) {
      throw DomainException.precondition("INSUFFICIENT_AVAILABLE", "less than that is available")
          .with("available_fen", account.balance(Bucket.AVAILABLE).minor());
    }
  }

  private static void add(List<Posting> postings, OwnerKind owner, Money amount) {
    if (amount.isPositive()) {
      postings.add(new Posting(owner, Posting.THE_ONLY, Bucket.GENERAL, amount));
    }
  }

  static DomainException unknown() {
    return DomainException.notFound(NOT_FOUND, "there is no such withdrawal");
  }
}
