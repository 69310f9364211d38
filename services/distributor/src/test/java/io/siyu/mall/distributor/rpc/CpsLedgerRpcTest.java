package io.siyu.mall.distributor.rpc;

import static io.siyu.mall.distributor.rpc.Cast.accepted;
import static io.siyu.mall.distributor.rpc.Cast.event;
import static io.siyu.mall.distributor.rpc.Cast.fen;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.distributor.DistributorEnvironment;
import io.siyu.mall.distributor.rpc.Cast.Seller;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.cps.v1.CpsOrderState;
import io.siyu.mall.proto.cps.v1.Platform;
import io.siyu.mall.proto.distributor.v1.Commission;
import io.siyu.mall.proto.distributor.v1.ExplainCommissionRequest;
import io.siyu.mall.proto.distributor.v1.ListCommissionsRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.Source;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Outside orders in the one ledger. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(DistributorEnvironment.class)
class CpsLedgerRpcTest {

  @Inject Pool pool;

  private static final Instant PAID = Instant.parse("2026-05-01T00:00:00Z");

  private static CpsOrderChanged.Builder order(UUID id, Seller seller, Seller upline) {
    return CpsOrderChanged.newBuilder()
        .setCpsOrderId(id.toString())
        .setRevision(1)
        .setPlatform(Platform.TAOBAO)
        .setOrderNo("T1")
        .setSubOrderNo("T1")
        .setState(CpsOrderState.PAID)
        .setTitle("纯棉婴儿连体衣")
        .setEstimated(fen(1_001))
        .setClawedBackTotal(fen(0))
        .setPaidAt(ProtoTime.to(PAID))
        .setAttribution(
            CpsAttribution.newBuilder()
                .setReason(CpsAttribution.Reason.SUB_AFFILIATE)
                .setDistributorId(seller.id().toString())
                .setUplineId(upline == null ? "" : upline.id().toString())
                .setSubAffiliateId("2900000001")
                .setPolicyVersion(1)
                .setDirectBasisPoints(7_000)
                .setUplineBasisPoints(upline == null ? 0 : 1_000));
  }

  /** The life of an order: settled for less than estimated, paid, then partly taken back. */
  private static List<CpsOrderChanged> life(UUID id, Seller seller, Seller upline) {
    CpsOrderChanged.Builder order = order(id, seller, upline);
    List<CpsOrderChanged> life = new ArrayList<>();
    life.add(order.build());
    life.add(order.setRevision(2).setState(CpsOrderState.RECEIVED).build());
    life.add(
        order
            .setRevision(3)
            .setState(CpsOrderState.SETTLED)
            .setSettled(fen(800))
            .setSettledAt(ProtoTime.to(PAID.plusSeconds(86_400)))
            .setPayableFrom(ProtoTime.to(PAID.plusSeconds(50 * 86_400)))
            .build());
    life.add(order.setRevision(4).setPayable(true).build());
    life.add(
        order
            .setRevision(5)
            .setState(CpsOrderState.CLAWED_BACK)
            .setClawedBackTotal(fen(200))
            .build());
    return life;
  }

  private static Commission only(Seller seller) {
    List<Commission> all =
        seller
            .ledger()
            .listCommissions(ListCommissionsRequest.getDefaultInstance())
            .getCommissionsList();
    assertEquals(1, all.size());
    return all.get(0);
  }

  @Test
  void moneyIsAvailableOnlyWhenThePlatformHasPaid() {
    Seller upline = Cast.seller();
    Seller seller = Cast.sellerUnder(upline);
    UUID id = UUID.randomUUID();
    List<CpsOrderChanged> life = life(id, seller, upline);
    accepted(event(life.get(0), id));
    assertEquals(700, seller.balance().getPending().getMinorUnits());
    assertEquals(100, upline.balance().getPending().getMinorUnits());
    accepted(event(life.get(1), id));
    assertEquals(700, seller.balance().getFrozen().getMinorUnits());
    assertEquals(0, seller.balance().getPending().getMinorUnits());
    accepted(event(life.get(2), id));
    assertEquals(560, seller.balance().getFrozen().getMinorUnits());
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    accepted(event(life.get(3), id));
    assertEquals(560, seller.balance().getAvailable().getMinorUnits());
    assertEquals(80, upline.balance().getAvailable().getMinorUnits());
    accepted(event(life.get(4), id));
    assertEquals(420, seller.balance().getAvailable().getMinorUnits());
    assertEquals(60, upline.balance().getAvailable().getMinorUnits());
    Commission commission = only(seller);
    assertEquals(Source.CPS, commission.getSource());
    assertEquals("T1", commission.getOrderNo());
    assertEquals("纯棉婴儿连体衣", commission.getTitle());
    assertEquals(560, commission.getEarned().getMinorUnits());
    assertEquals(140, commission.getReversed().getMinorUnits());
    String why =
        String.join(
            "\n",
            seller
                .ledger()
                .explainCommission(
                    ExplainCommissionRequest.newBuilder()
                        .setCommissionId(commission.getCommissionId())
                        .build())
                .getSentencesList());
    assertTrue(why.contains("结算佣金 ¥8（已扣除平台服务费） × 70%") || why.contains("¥8.00"), why);
    assertTrue(why.contains("平台追回佣金"), why);
    LedgerRpcTest.assertReconciled();
  }

  /** A claw-back that is refused later: told in any order, what was taken is there again. */
  @Test
  void whatIsGivenBackIsAvailableAgain() {
    Random random = new Random(20_261_201);
    for (int round = 0; round < 6; round++) {
      Seller upline = Cast.seller();
      Seller seller = Cast.sellerUnder(upline);
      UUID id = UUID.randomUUID();
      List<CpsOrderChanged> life = new ArrayList<>(life(id, seller, upline));
      CpsOrderChanged.Builder last = life.get(life.size() - 1).toBuilder();
      life.add(last.setRevision(6).setClawedBackTotal(fen(800)).build());
      life.add(last.setRevision(7).setClawedBackTotal(fen(100)).build());
      life.add(
          last.setRevision(8).setState(CpsOrderState.SETTLED).setClawedBackTotal(fen(0)).build());
      if (round > 0) {
        life.addAll(List.copyOf(life));
        Collections.shuffle(life, random);
      }
      life.forEach(one -> accepted(event(one, id)));
      assertEquals(560, seller.balance().getAvailable().getMinorUnits());
      assertEquals(80, upline.balance().getAvailable().getMinorUnits());
      assertEquals(0, only(seller).getReversed().getMinorUnits());
      assertEquals(0, seller.balance().getDebt().getMinorUnits());
    }
    LedgerRpcTest.assertReconciled();
  }

  /** What was withdrawn before it was taken back is a debt; what is given back pays it. */
  @Test
  void whatIsGivenBackPaysTheDebtThatTheClawbackMade() {
    Seller seller = Cast.seller();
    UUID id = UUID.randomUUID();
    List<CpsOrderChanged> life = life(id, seller, null);
    life.subList(0, 4).forEach(one -> accepted(event(one, id)));
    seller
        .withdrawals()
        .requestWithdrawal(
            RequestWithdrawalRequest.newBuilder()
                .setRequestId(Cast.id())
                .setAmount(fen(500))
                .build());
    CpsOrderChanged.Builder last = life.get(4).toBuilder();
    accepted(event(last.setRevision(5).setClawedBackTotal(fen(800)).build(), id));
    assertEquals(0, seller.balance().getAvailable().getMinorUnits());
    assertEquals(500, Math.abs(seller.balance().getDebt().getMinorUnits()));
    accepted(
        event(
            last.setRevision(6).setState(CpsOrderState.SETTLED).setClawedBackTotal(fen(0)).build(),
            id));
    assertEquals(60, seller.balance().getAvailable().getMinorUnits());
    assertEquals(0, seller.balance().getDebt().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theStepOfTheLadderIsExplainedToWhomItConcerns() {
    Seller upline = Cast.seller();
    Seller seller = Cast.sellerUnder(upline);
    UUID id = UUID.randomUUID();
    CpsOrderChanged.Builder order = order(id, seller, upline);
    order.getAttributionBuilder().setPolicyStep(2).setSettledBefore(fen(123_456));
    accepted(event(order.build(), id));
    String direct = why(seller);
    assertTrue(direct.contains("分成规则第 1 版第 2 档"), direct);
    assertTrue(direct.contains("1234.56") || direct.contains("1,234.56"), direct);
    String other = why(upline);
    assertTrue(other.contains("分成规则第 1 版第 2 档"), other);
    assertTrue(!other.contains("234.56"), "not what the other one earned: " + other);
  }

  private static String why(Seller seller) {
    return String.join(
        "\n",
        seller
            .ledger()
            .explainCommission(
                ExplainCommissionRequest.newBuilder()
                    .setCommissionId(only(seller).getCommissionId())
                    .build())
            .getSentencesList());
  }

  @Test
  void anInvalidOrderTakesTheEstimateBack() {
    Seller seller = Cast.seller();
    UUID id = UUID.randomUUID();
    CpsOrderChanged.Builder order = order(id, seller, null);
    accepted(event(order.build(), id));
    accepted(event(order.setRevision(2).setState(CpsOrderState.INVALID).build(), id));
    assertEquals(0, seller.balance().getPending().getMinorUnits());
    assertEquals(only(seller).getEarned(), only(seller).getReversed());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void whatWasSettledForNothingLeavesNothing() {
    Seller seller = Cast.seller();
    UUID id = UUID.randomUUID();
    CpsOrderChanged.Builder order = order(id, seller, null);
    accepted(event(order.build(), id));
    accepted(
        event(order.setRevision(2).setState(CpsOrderState.SETTLED).setSettled(fen(0)).build(), id));
    assertEquals(0, seller.balance().getPending().getMinorUnits());
    assertEquals(0, seller.balance().getFrozen().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void tellingsInAnyOrderAndAnyNumberEndTheSame() {
    Random random = new Random(20_260_502);
    for (int round = 0; round < 8; round++) {
      Seller seller = Cast.seller();
      UUID id = UUID.randomUUID();
      List<CpsOrderChanged> life = new ArrayList<>(life(id, seller, null));
      life.addAll(List.copyOf(life));
      Collections.shuffle(life, random);
      life.forEach(one -> accepted(event(one, id)));
      assertEquals(420, seller.balance().getAvailable().getMinorUnits());
      assertEquals(0, seller.balance().getFrozen().getMinorUnits());
      assertEquals(0, seller.balance().getPending().getMinorUnits());
      assertEquals(0, seller.balance().getDebt().getMinorUnits());
    }
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void manyOrdersInOneDelivery() {
    Seller seller = Cast.seller();
    List<io.siyu.mall.proto.common.v1.Event> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      UUID id = UUID.randomUUID();
      events.add(event(order(id, seller, null).build(), id));
    }
    accepted(events.toArray(io.siyu.mall.proto.common.v1.Event[]::new));
    assertEquals(70_000, seller.balance().getPending().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void aDeliveryOfNewOrdersAndOfSuchThatAreKnown() {
    Seller seller = Cast.seller();
    UUID known = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    accepted(
        event(order(known, seller, null).build(), known),
        event(order(other, seller, null).build(), other));
    UUID fresh = UUID.randomUUID();
    accepted(
        event(
            order(known, seller, null).setRevision(2).setState(CpsOrderState.RECEIVED).build(),
            known),
        event(order(fresh, seller, null).build(), fresh),
        // Told before: nothing new.
        event(order(other, seller, null).build(), other));
    assertEquals(700, seller.balance().getFrozen().getMinorUnits());
    assertEquals(1_400, seller.balance().getPending().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }

  @Test
  void theBooksAreCheckedToTheirLastPage() {
    Seller seller = Cast.seller();
    for (int delivery = 0; delivery < 3; delivery++) {
      List<io.siyu.mall.proto.common.v1.Event> events = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        UUID id = UUID.randomUUID();
        events.add(event(order(id, seller, null).build(), id));
      }
      accepted(events.toArray(io.siyu.mall.proto.common.v1.Event[]::new));
    }
    assertTrue(check("ledger.commissions-equal-postings").getCompared() >= 3 * 1_200);
    assertTrue(check("ledger.cps-commissions-follow-from-facts").getCompared() >= 1_200);
    move(1);
    try {
      assertEquals(2, check("ledger.commissions-equal-postings").getDifferenceCount());
      assertEquals(1, check("ledger.cps-commissions-follow-from-facts").getDifferenceCount());
    } finally {
      move(-1);
    }
    LedgerRpcTest.assertReconciled();
  }

  /** Of the last commission there is, so it is on the last page. */
  private void move(long fen) {
    pool.query(
            "UPDATE commissions SET pending_fen = pending_fen - "
                + fen
                + ", frozen_fen = frozen_fen + "
                + fen
                + " ORDER BY id DESC LIMIT 1")
        .execute()
        .await()
        .indefinitely();
  }

  private static Check check(String name) {
    return LedgerRpcTest.auditor()
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .stream()
        .filter(check -> check.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anOrderIsNotCreditedToSomebodyElseLater() {
    Seller seller = Cast.seller();
    Seller other = Cast.seller();
    UUID id = UUID.randomUUID();
    accepted(event(order(id, seller, null).build(), id));
    assertEquals(
        Outcome.REFUSED,
        Cast.deliver(event(order(id, other, null).setRevision(2).build(), id))
            .getResults(0)
            .getOutcome());
    assertEquals(700, seller.balance().getPending().getMinorUnits());
    LedgerRpcTest.assertReconciled();
  }
}
