package io.siyu.mall.distributor.withdrawal;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.distributor.withdrawal.WithdrawalCommands.Attempt;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
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
                    : ask(attempt)
                        .chain(this::hear)
                        .onFailure()
                        .recoverWithUni(failure -> note(id, failure)));
  }

  /** The first attempt orders the transfer; later ones ask first, and order it if it is unknown. */
  private Uni<TransferBill> ask(Attempt attempt) {
    Withdrawal withdrawal = attempt.withdrawal();
    if (withdrawal.attempts() <= 1) {
      return order(attempt);
    }
    return transfers
        .query(withdrawal.billNo())
        .chain(
            found -> {
              // Only the answer to the order says what the receiver needs to confirm.
              boolean unconfirmable =
                  found.isPresent()
                      && found.get().status() == Status.WAIT_USER_CONFIRM
                      && withdrawal.packageInfo().isEmpty();
              return found.isEmpty() || unconfirmable
                  ? order(attempt)
                  : Uni.createFrom().item(found.get());
            });
  }

  private Uni<TransferBill> order(Attempt attempt) {
    Withdrawal withdrawal = attempt.withdrawal();
    return transfers.transfer(
        withdrawal.billNo(),
        withdrawal.net(),
        attempt.receiver().openid(),
        attempt.receiver().realNameEncrypted());
  }

  private Uni<Void> hear(TransferBill bill) {
    return pool.withTransaction(sql -> commands.hear(SqlTransaction.of(sql), bill));
  }

  private Uni<Void> note(UUID id, Throwable failure) {
    LOG.warnf("transfer of withdrawal %s is uncertain: %s", id, failure.toString());
    return pool.withTransaction(
        sql -> commands.note(SqlTransaction.of(sql), id, String.valueOf(failure.getMessage())));
  }
}
