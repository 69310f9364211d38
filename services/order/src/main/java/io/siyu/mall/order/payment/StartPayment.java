package io.siyu.mall.order.payment;

import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.payment.PaymentProvider.Prepayment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Prepares a payment in three steps: note the attempt, ask the provider (outside any transaction),
 * note the answer. Each can be repeated; what stops after the first is found by the payment jobs.
 */
@ApplicationScoped
public class StartPayment {

  private static final String DESCRIPTION = "商城订单";

  private final PaymentCommands commands;
  private final PaymentProvider provider;

  StartPayment(PaymentCommands commands, PaymentProvider provider) {
    this.commands = commands;
    this.provider = provider;
  }

  /** A payment that the member's app can go on with. */
  public record Intent(
      PaymentId paymentId,
      TradeId tradeId,
      Map<String, String> clientParameters,
      Instant expiresAt) {}

  /** The first two steps. */
  public Uni<Intent> prepare(TradeId trade, Set<UUID> memberIds, Provider by, String openid) {
    return commands
        .attempt(trade, memberIds, by, openid)
        .chain(
            attempt -> {
              Payment payment = attempt.payment();
              Instant expiresAt = attempt.trade().expiresAt();
              return provider
                  .prepay(new Prepayment(payment.number(), openid, payment.amount(), DESCRIPTION))
                  .map(parameters -> new Intent(payment.id(), trade, parameters, expiresAt));
            })
        .onFailure(ProviderException.class)
        .transform(failure -> ((ProviderException) failure).toRefusal());
  }

  /** The last step, in the transaction that stores the answer. */
  public Uni<Void> finish(Intent intent) {
    return commands.prepaid(intent.tradeId(), intent.paymentId());
  }
}
