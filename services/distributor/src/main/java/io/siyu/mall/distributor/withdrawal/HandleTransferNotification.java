package io.siyu.mall.distributor.withdrawal;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes the provider's messages about transfers, and counts what becomes of them: {@code
 * mall_transfer_notifications_total} by {@code outcome}, which is {@code taken}, the reason of the
 * refusal, or {@code error}.
 */
@Startup
@ApplicationScoped
public class HandleTransferNotification {

  private static final String TAKEN = "taken";
  private static final String ERROR = "error";

  private final Transfers transfers;
  private final WithdrawalCommands commands;
  private final Pool pool;
  private final MeterRegistry meters;

  HandleTransferNotification(
      Transfers transfers, WithdrawalCommands commands, Pool pool, MeterRegistry meters) {
    this.transfers = transfers;
    this.commands = commands;
    this.pool = pool;
    this.meters = meters;
    // Counters that begin with their first refusal would hide it: an increase needs a value before.
    List.of(
            TAKEN,
            ERROR,
            WeChatTransfers.NOTIFICATION_NOT_GENUINE,
            WeChatTransfers.UNCERTAIN,
            WithdrawalCommands.AMOUNT_DIFFERS,
            WithdrawalCommands.NOT_FOUND)
        .forEach(outcome -> count(outcome, 0));
  }

  /**
   * Verifies and applies a message; success means the provider need not send it again.
   *
   * @param headers by lower-case name
   * @return fails with UNAUTHENTICATED, NOTIFICATION_NOT_GENUINE; FAILED_PRECONDITION,
   *     TRANSFER_AMOUNT_DIFFERS; NOT_FOUND for numbers that are not ours
   */
  public Uni<Void> handle(Map<String, String> headers, String body) {
    return transfers
        .read(headers, body)
        .chain(bill -> pool.withTransaction(sql -> commands.hear(SqlTransaction.of(sql), bill)))
        .invoke(() -> count(TAKEN, 1))
        .onFailure()
        .invoke(
            failure ->
                count(failure instanceof DomainException refusal ? refusal.reason() : ERROR, 1));
  }

  private void count(String outcome, int number) {
    meters
        .counter("mall.transfer.notifications", "outcome", outcome.toLowerCase(Locale.ROOT))
        .increment(number);
  }
}
