package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.ReconciliationViews.AdminReconciliation;
import io.siyu.mall.proto.catalog.v1.MutinyStockGrpc.MutinyStockStub;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.cps.v1.MutinyCpsOrdersGrpc.MutinyCpsOrdersStub;
import io.siyu.mall.proto.distributor.v1.MutinyLedgerGrpc.MutinyLedgerStub;
import io.siyu.mall.proto.membership.v1.MutinyMembersGrpc.MutinyMembersStub;
import io.siyu.mall.proto.order.v1.ListOrderFactsRequest;
import io.siyu.mall.proto.order.v1.ListOrderFactsResponse;
import io.siyu.mall.proto.order.v1.MutinyPaymentsGrpc.MutinyPaymentsStub;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks every service for its own identities, and pages the order service's facts past the three
 * books that must agree with them. Differences while events are on their way may be delays: then
 * all is asked again, for a while.
 */
@Singleton
class Reconciliation {

  private static final int FACTS_PER_PAGE = 200;

  @Inject Books books;

  @ConfigProperty(name = "mall.gateway.reconciliation.patience", defaultValue = "PT15S")
  Duration patience;

  @ConfigProperty(name = "mall.gateway.reconciliation.pause", defaultValue = "PT0.5S")
  Duration pause;

  private final OneAtATime<AdminReconciliation> runs = new OneAtATime<>();

  /** A reconciliation that begins after this call, with the token of a caller who waits for it. */
  Uni<AdminReconciliation> begunFromNowOn() {
    Run mine =
        new Run(
            books.stock(),
            books.payments(),
            books.ledger(),
            books.members(),
            books.outsideOrders());
    return runs.begunFromNowOn(mine::run);
  }

  /** One reconciliation. */
  final class Run {

    private final MutinyStockStub stock;
    private final MutinyPaymentsStub orders;
    private final MutinyLedgerStub ledger;
    private final MutinyMembersStub members;
    private final MutinyCpsOrdersStub outsideOrders;
    private final long givesUpAt = System.nanoTime() + patience.toNanos();

    private Run(
        MutinyStockStub stock,
        MutinyPaymentsStub orders,
        MutinyLedgerStub ledger,
        MutinyMembersStub members,
        MutinyCpsOrdersStub outsideOrders) {
      this.stock = stock;
      this.orders = orders;
      this.ledger = ledger;
      this.members = members;
      this.outsideOrders = outsideOrders;
    }

    Uni<AdminReconciliation> run() {
      return once()
          .flatMap(
              result ->
                  result.ok() || !result.eventsPending() || System.nanoTime() > givesUpAt
                      ? Uni.createFrom().item(result)
                      : Uni.createFrom()
                          .voidItem()
                          .onItem()
                          .delayIt()
                          .by(pause)
                          .flatMap(ignored -> run()));
    }

    private Uni<AdminReconciliation> once() {
      Checks checks = new Checks();
      return ownIdentities(checks).flatMap(x -> allFacts(checks)).map(x -> checks.result());
    }

    private Uni<Void> ownIdentities(Checks checks) {
      ReconcileRequest request = ReconcileRequest.getDefaultInstance();
      return Uni.join()
          .all(
              stock.reconcile(request).invoke(r -> checks.add("catalog", r.getChecksList())),
              orders.reconcile(request).invoke(r -> checks.add("order", r.getChecksList())),
              ledger.reconcile(request).invoke(r -> checks.add("distributor", r.getChecksList())),
              members.reconcile(request).invoke(r -> checks.add("membership", r.getChecksList())),
              outsideOrders.reconcile(request).invoke(r -> checks.add("cps", r.getChecksList())))
          .andFailFast()
          .replaceWithVoid();
    }

    /** Page after page, not one chained into the other: a chain holds every page to the end. */
    private Uni<Void> allFacts(Checks checks) {
      AtomicReference<String> token = new AtomicReference<>("");
      return Uni.createFrom()
          .deferred(() -> page(checks, token.get()))
          .invoke(token::set)
          .repeat()
          .whilst(nextToken -> !nextToken.isEmpty())
          .collect()
          .last()
          .replaceWithVoid();
    }

    /** Verifies a page and answers the token of the next one. */
    private Uni<String> page(Checks checks, String token) {
      return orders
          .listOrderFacts(
              ListOrderFactsRequest.newBuilder()
                  .setPageSize(FACTS_PER_PAGE)
                  .setPageToken(token)
                  .build())
          .flatMap(facts -> verify(checks, facts).replaceWith(facts.getNextPageToken()));
    }

    private Uni<Void> verify(Checks checks, ListOrderFactsResponse facts) {
      if (facts.getEventsPending()) {
        checks.eventsPending();
      }
      VerifyOrdersRequest request =
          VerifyOrdersRequest.newBuilder().addAllFacts(facts.getFactsList()).build();
      return Uni.join()
          .all(
              stock.verifyOrders(request).invoke(r -> checks.add("catalog", r.getChecksList())),
              ledger
                  .verifyOrders(request)
                  .invoke(r -> checks.add("distributor", r.getChecksList())),
              members
                  .verifyOrders(request)
                  .invoke(r -> checks.add("membership", r.getChecksList())))
          .andFailFast()
          .replaceWithVoid();
    }
  }
}
