package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.credited;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Order;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.distributor.v1.Balance;
import io.siyu.mall.proto.distributor.v1.Commission;
import io.siyu.mall.proto.distributor.v1.CommissionExplanation;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.distributor.v1.Level;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.ListPostingsRequest;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class LedgerRpcTest {

  private static final Instant PAID = Instant.parse("2026-05-01T00:00:00Z");

  private static LineRefunded refund(Order order, String refundId, long total, long fenTotal) {
    return LineRefunded.newBuilder()
        .setOrderId(order.id().toString())
        .setOrderLineId(order.line().toString())
        .setRefundId(refundId)
        .setQuantity(1)
        .setAmount(fen(fenTotal))
        .setRefundedQuantityTotal(total)
        .setRefundedTotal(fen(fenTotal))
        .setLineQuantity(order.quantity())
        .setLinePaid(fen(order.paid()))
        .setRefundedAt(ProtoTime.to(PAID.plusSeconds(500)))
        .build();
  }

  private static AfterSaleOpened opened(Order order, String caseId) {
    return AfterSaleOpened.newBuilder()
        .setCaseId(caseId)
        .setOrderId(order.id().toString())
        .setOrderLineId(order.line().toString())
        .setOpenedAt(ProtoTime.to(PAID.plusSeconds(200)))
        .build();
  }

  private static AfterSaleEnded ended(Order order, String caseId) {
    return AfterSaleEnded.newBuilder()
        .setCaseId(caseId)
        .setOrderId(order.id().toString())
        .setOrderLineId(order.line().toString())
        .setEndedAt(ProtoTime.to(PAID.plusSeconds(600)))
        .build();
  }

  static LedgerGrpc.LedgerBlockingStub auditor() {
    return TestGrpc.as(TestTokens.staff(Role.AUDITOR), LedgerGrpc::newBlockingStub);
  }

  static void assertReconciled() {
    for (Check check : auditor().reconcile(ReconcileRequest.getDefaultInstance()).getChecksList()) {
      assertEquals(0, check.getDifferenceCount(), check.toString());
    }
  }

  @Test
  void moneyFollowsTheGoods() {
    Seller upline = Cast.seller();
    Seller seller = Cast.sellerUnder(upline);
    Order order = Order.of(3, 9_999);
    accepted(event(order.paid(credited(seller.id(), upline.id(), 1_000, 300), PAID), order.id()));
    assertEquals(999, seller.balance().getPending().getMinorUnits());
    assertEquals(299, upline.balance().getPending().getMinorUnits());

    accepted(event(order.received(PAID.plusSeconds(100)), order.id()));
    assertEquals(999, seller.balance().getFrozen().getMinorUnits());

    accepted(event(refund(order, "r1", 1, 3_333), order.id()));
    Balance frozen = seller.balance();
    assertEquals(666, frozen.getFrozen().getMinorUnits());
    assertEquals(0, frozen.getPending().getMinorUnits());

    accepted(event(order.completed(PAID.plusSeconds(900)), order.id()));
    assertEquals(666, seller.balance().getAvailable().getMinorUnits());
    assertEquals(200, upline.balance().getAvailable().getMinorUnits());

    Commission commission =
        seller
            .ledger()
            .listCommissions(ListCommissionsRequest.getDefaultInstance())
            .getCommissions(0);
    assertEquals(Level.DIRECT, commission.getLevel());
    assertEquals(999, commission.getEarned().getMinorUnits());
    assertEquals(333, commission.getReversed().getMinorUnits());
    CommissionExplanation why =
        seller
            .ledger()
            .explainCommission(
                ExplainCommissionRequest.newBuilder()
                    .setCommissionId(commission.getCommissionId())
                    .build());
    String text = String.join("\n", why.getSentencesList());
    assertTrue(text.contains("¥99.99 × 10%，向下取整到分 = ¥9.99"), text);
    assertTrue(text.contains("收回佣金 ¥3.33，剩余 ¥6.66"), text);
    assertTrue(text.contains("转为可提现"), text);
    assertTrue(
        seller.ledger().listPostings(ListPostingsRequest.getDefaultInstance()).getPostingsCount()
            >= 5);
    assertReconciled();
  }

  @Test
  void anOpenCaseHoldsTheMoneyBack() {
    Seller seller = Cast.seller();
    Order order = Order.of(1, 10_000);
    String caseId = Cast.id();
    accepted(
        event(order.paid(credited(seller.id(), null, 1_000, 0), PAID), order.id()),
        event(order.received(PAID.plusSeconds(100)), order.id()),
        event(opened(order, caseId), order.id()),
        event(order.completed(PAID.plusSeconds(900)), order.id()));
    assertEquals(1_000, seller.balance().getFrozen().getMinorUnits());
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    accepted(event(ended(order, caseId), order.id()));
    assertEquals(1_000, seller.balance().getAvailable().getMinorUnits());
    assertReconciled();
  }

  @Test
  void eventsInAnyOrderAndAnyNumberEndInTheSameBalance() {
    Random random = new Random(20_260_501);
    for (int round = 0; round < 12; round++) {
      Seller upline = Cast.seller();
      Seller seller = Cast.sellerUnder(upline);
      Order order = Order.of(3, 10_001);
      String caseId = Cast.id();
      List<Event> events =
          new ArrayList<>(
              List.of(
                  event(
                      order.paid(credited(seller.id(), upline.id(), 1_111, 333), PAID), order.id()),
                  event(order.received(PAID.plusSeconds(100)), order.id()),
                  event(opened(order, caseId), order.id()),
                  event(ended(order, caseId), order.id()),
                  event(refund(order, "r1", 1, 3_333), order.id()),
                  event(refund(order, "r2", 2, 6_667), order.id()),
                  event(order.completed(PAID.plusSeconds(900)), order.id())));
      events.add(events.get(0));
      // The same facts under another event id, as a re-sent event would have.
      events.add(event(order.completed(PAID.plusSeconds(900)), order.id()));
      events.add(event(refund(order, "r1", 1, 3_333), order.id()));
      Collections.shuffle(events, random);
      events.forEach(Cast::accepted);
      // 11.11 % of 100.01 is 11.11; two thirds of the base came back: floor(1111 × 6667 / 10001).
      assertEquals(1_111 - 740, seller.balance().getAvailable().getMinorUnits());
      assertEquals(333 - 221, upline.balance().getAvailable().getMinorUnits());
      assertEquals(0, seller.balance().getFrozen().getMinorUnits());
    }
    assertReconciled();
  }

  @Test
  void aPaymentToldDifferentlyIsRefusedAndNothingIsBooked() {
    Seller seller = Cast.seller();
    Order order = Order.of(1, 10_000);
    accepted(event(order.paid(credited(seller.id(), null, 1_000, 0), PAID), order.id()));
    Order other = new Order(order.id(), order.line(), order.member(), 1, 20_000);
    var result =
        Cast.deliver(event(other.paid(credited(seller.id(), null, 1_000, 0), PAID), order.id()))
            .getResults(0);
    assertEquals(Outcome.REFUSED, result.getOutcome());
    assertEquals("ORDER_FACTS_CONFLICT", result.getReason());
    assertEquals(1_000, seller.balance().getPending().getMinorUnits());
    assertReconciled();
  }

  @Test
  void aDeliveryOfManyIsBookedTogetherAndABadEventKeepsNobodyBack() {
    Seller upline = Cast.seller();
    Seller seller = Cast.sellerUnder(upline);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Order order = Order.of(1, 10_000);
      events.add(
          event(order.paid(credited(seller.id(), upline.id(), 1_000, 200), PAID), order.id()));
      events.add(event(order.received(PAID.plusSeconds(100)), order.id()));
    }
    accepted(events.toArray(new Event[0]));
    assertEquals(40_000, seller.balance().getFrozen().getMinorUnits());
    assertEquals(8_000, upline.balance().getFrozen().getMinorUnits());

    Order last = Order.of(1, 10_000);
    Order bad = new Order(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), 1, -5);
    var results =
        Cast.deliver(
                events.get(0),
                event(bad.paid(credited(seller.id(), null, 1_000, 0), PAID), bad.id()),
                event(bad.received(PAID), bad.id()),
                event(last.paid(credited(seller.id(), null, 1_000, 0), PAID), last.id()))
            .getResultsList();
    assertEquals(
        List.of(Outcome.DUPLICATE, Outcome.REFUSED, Outcome.RETRY, Outcome.ACCEPTED),
        results.stream().map(r -> r.getOutcome()).toList());
    assertEquals(1_000, seller.balance().getPending().getMinorUnits());
    assertReconciled();
  }

  @Test
  void ordersAreVerifiedAgainstWhatTheOrderServiceSays() {
    Seller seller = Cast.seller();
    Order order = Order.of(2, 10_000);
    var attribution = credited(seller.id(), null, 1_000, 0);
    accepted(event(order.paid(attribution, PAID), order.id()));
    OrderFact.Builder fact =
        OrderFact.newBuilder()
            .setOrderId(order.id().toString())
            .setMemberId(order.member().toString())
            .setState("PAID")
            .setPaidAt(ProtoTime.to(PAID))
            .addLines(
                LineFact.newBuilder()
                    .setOrderLineId(order.line().toString())
                    .setQuantity(2)
                    .setPaid(fen(10_000))
                    .setAttribution(attribution));
    assertEquals(0, verify(fact.build()).getDifferenceCount());

    fact.getLinesBuilder(0).setRefundedQuantity(1).setRefunded(fen(5_000));
    Check missing = verify(fact.build());
    assertEquals(1, missing.getDifferenceCount());
    assertEquals(500, missing.getDifferenceAmount());

    OrderFact unheard = fact.setOrderId(UUID.randomUUID().toString()).build();
    assertEquals(1, verify(unheard).getDifferenceCount());
  }

  private static Check verify(OrderFact fact) {
    return auditor()
        .verifyOrders(VerifyOrdersRequest.newBuilder().addFacts(fact).build())
        .getChecks(0);
  }
}
