package io.siyu.mall.distributor.withdrawal;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.distributor.withdrawal.WithdrawalCommands.Attempt;
import io.siyu.mall.distributor.withdrawal.WithdrawalCommands.Inquiry;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Brings approved withdrawals to the provider and asks after those under way, until the provider
 * says how it ended. Each attempt is claimed in one transaction, made outside of any, and its
 * result stored in another; a crash in between only means that it is asked again, under the same
 * number.
 */
@ApplicationScoped
public class PayWithdrawals {

  private static final Logger LOG = Logger.getLogger(PayWithdrawals.class);
  private static final int AT_A_TIME = 50;
  private static final int SIDE_BY_SIDE = 4;

  /** Of one transfer; the provider may be slow. */
  private static final Duration LONGEST_ATTEMPT = Duration.ofMinutes(2);

  /** Of a round in which every attempt is as slow as it may be. */
  private static final Duration LONGEST_ROUND =
      LONGEST_ATTEMPT.multipliedBy(AT_A_TIME / SIDE_BY_SIDE + 1);

  private final Withdrawals withdrawals;
  private final WithdrawalCommands commands;
  private final Transfers transfers;
  private final Jobs jobs;
  private final Pool pool;
  private final Clock clock;

  PayWithdrawals(
      Withdrawals withdrawals,
      WithdrawalCommands commands,
      Transfers transfers,
      Jobs jobs,
      Pool pool,
      Clock clock) {
    this.withdrawals = withdrawals;
    this.commands = commands;
    this.transfers = transfers;
    this.jobs = jobs;
    this.pool = pool;
    this.clock = clock;
  }

  /** Finds what is due, whoever forgot it. */
  @Scheduled(
      every = "${mall.withdrawals.every:5s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> look() {
    return jobs.run("pay-withdrawals", LONGEST_ROUND, this::run);
  }

  /** Starts on one that was just approved, without waiting for the next look. */
  public void wake(UUID id) {
    jobs.run("pay-withdrawal", LONGEST_ATTEMPT, () -> attempt(id))
        .subscribe()
        .with(done -> {}, e -> LOG.warnf("withdrawal %s: %s", id, e.toString()));
  }

  /** One round over everything that is due. */
  public Uni<Void> run() {
    return withdrawals
        .due(clock.instant(), AT_A_TIME)
        .ifNoItem()
        .after(LONGEST_ATTEMPT)
        .fail()
        .onItem()
        .transformToMulti(ids -> Multi.createFrom().iterable(ids))
        .onItem()
        .transformToUni(
            id ->
                jobs.run("pay-withdrawal", LONGEST_ATTEMPT, () -> attempt(id))
                    .onFailure()
                    .invoke(e -> LOG.warnf("withdrawal %s: %s", id, e.toString()))
                    .onFailure()
                    .recoverWithNull())
        .merge(SIDE_BY_SIDE)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  /** One attempt at one withdrawal; nothing when it is not due. */
  public Uni<Void> attempt(UUID id) {
    return pool.withTransaction(sql -> commands.claim(SqlTransaction.of(sql), id))
        .chain(
            attempt ->
                attempt == null
                    ? Uni.createFrom().voidItem()
                    : carryOut(attempt).onFailure().recoverWithUni(failure -> note(id, failure)));
  }

  /**
   * Asks the provider whether it has the withdrawal's transfer, for a decision about it.
   *
   * @return fails with WITHDRAWAL_NOT_UNDER_WAY, and with TRANSFER_UNCERTAIN when it gives no
   *     answer that can be believed
   */
  public Uni<Inquiry> inquire(Withdrawal withdrawal) {
    if (withdrawal.state() != WithdrawalState.PAYING) {
      return Uni.createFrom()
          .failure(
              DomainException.precondition(
                  Withdrawal.NOT_UNDER_WAY, "it is not under way but " + withdrawal.state()));
    }
    Instant asked = clock.instant();
    return transfers.query(withdrawal.billNo()).map(found -> new Inquiry(asked, found));
  }

  /**
   * The first attempt orders the transfer; later ones ask first, and order it if it is unknown,
   * neither refused nor given up, and the distributor is not suspended.
   */
  private Uni<Void> carryOut(Attempt attempt) {
    Withdrawal withdrawal = attempt.withdrawal();
    if (withdrawal.attempts() <= 1 && attempt.mayOrder()) {
      return order(attempt).chain(this::hear);
    }
    return inquire(withdrawal)
        .chain(
            inquiry -> {
              if (inquiry.found().isEmpty()) {
                return attempt.mayOrder()
                    ? order(attempt).chain(this::hear)
                    : missing(withdrawal.id(), inquiry.asked());
              }
              TransferBill bill = inquiry.found().get();
              // Only the answer to the order says what the receiver needs to confirm.
              boolean unconfirmable =
                  bill.status() == Status.WAIT_USER_CONFIRM && withdrawal.packageInfo().isEmpty();
              return unconfirmable && attempt.mayOrder()
                  ? order(attempt).chain(this::hear)
                  : hear(bill);
            });
  }

  private Uni<TransferBill> order(Attempt attempt) {
    Withdrawal withdrawal = attempt.withdrawal();
    return transfers.transfer(
        withdrawal.billNo(),
        withdrawal.net(),
        attempt.receiver().openid(),
        attempt.receiver().realName());
  }

  private Uni<Void> hear(TransferBill bill) {
    return pool.withTransaction(sql -> commands.hear(SqlTransaction.of(sql), bill));
  }

  private Uni<Void> missing(UUID id, Instant asked) {
    return pool.withTransaction(sql -> commands.missing(SqlTransaction.of(sql), id, asked));
  }

  private Uni<Void> note(UUID id, Throwable failure) {
    String why = String.valueOf(failure.getMessage());
    if (failure instanceof DomainException refusal
        && refusal.reason().equals(WeChatTransfers.REFUSED)) {
      LOG.warnf("transfer of withdrawal %s is refused: %s", id, why);
      String code = refusal.metadata().get("code");
      return pool.withTransaction(sql -> commands.refused(SqlTransaction.of(sql), id, code, why));
    }
    LOG.warnf("transfer of withdrawal %s is uncertain: %s", id, failure.toString());
    return pool.withTransaction(sql -> commands.note(SqlTransaction.of(sql), id, why));
  }
}
