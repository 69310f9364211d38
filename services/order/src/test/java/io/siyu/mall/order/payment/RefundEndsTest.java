package io.siyu.mall.order.payment;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.casesOf;
import static io.siyu.mall.order.fixture.Shop.finance;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.refundsOf;
import static io.siyu.mall.order.fixture.Shop.refused;
import static io.siyu.mall.order.fixture.Shop.requestId;
import static io.siyu.mall.proto.order.v1.AfterSaleKind.REFUND_ONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.order.v1.AfterSaleCase;
import io.siyu.mall.proto.order.v1.AfterSaleState;
import io.siyu.mall.proto.order.v1.BankCard;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.PayRefundOtherwiseRequest;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.RedirectRefundRequest;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RefundState;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
import io.siyu.mall.sandbox.http.Json;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Refunds that the provider will not pay, against the provider's protocol. */
@QuarkusTest
class RefundEndsTest extends OrderServiceTest {

  private static final BankCard CARD =
      BankCard.newBuilder()
          .setBankType("ICBC_DEBIT")
          .setAccount("6222021234567890123")
          .setHolder("王小明")
          .build();

  @Inject RefundWatch watch;
  @Inject MeterRegistry meters;

  @Test
  void refundsDecidedTogetherGoToTheProviderAsOne() {
    Order order =
        shop.buy(
                line(shop.neighbours.sku(BRAND, 1_000, 9), 2),
                line(shop.neighbours.sku(BRAND, 333, 9), 1))
            .getOrders(0);
    approved(order, 0, 1);
    approved(order, 0, 1);
    approved(order, 1, 1);
    settleRefundsUntil(() -> all(order, RefundState.REFUND_SUCCEEDED));
    List<Refund> refunds = refundsOf(order);
    assertEquals(1, refunds.stream().map(Refund::getRefundNo).distinct().count());
    refunds.forEach(refund -> assertEquals(2_333, refund.getSentAmount().getMinorUnits()));
    assertEquals(49, refunds.get(0).getProviderRefundsLeft());
    assertEquals(2_333, shop.order(order).getRefunded().getMinorUnits());
    assertEquals(2_333, atProvider(refunds.get(0)).path("amountFen").asLong());
    assertClean();
  }

  @Test
  void whatIsRefusedForGoodIsPaidAnotherWayWithEvidence() {
    Order order = bought();
    AfterSaleCase opened = approved(order, 0, 1);
    Refund stuck = stuck(order, "INVALID_REQUEST");
    AfterSaleCase waiting = read(opened);
    assertEquals(AfterSaleState.REFUNDING, waiting.getState());
    assertEquals("FINANCE_DECIDES", waiting.getNextStep());
    assertEquals(stuck.getDecideBy(), waiting.getNextAt());
    refused("REFUND_TOO_FRESH", () -> payOtherwise(stuck, 1_000));
    clock.advance(Duration.ofMinutes(11));
    refused("INVALID_ARGUMENT", () -> payOtherwise(stuck, 1_001));
    PayRefundOtherwiseRequest request = paying(stuck, 1_000);
    PaymentsGrpc.PaymentsBlockingStub cashier = finance();
    Refund paid = cashier.payRefundOtherwise(request);
    assertEquals(paid, cashier.payRefundOtherwise(request), "the same again");
    assertEquals(RefundState.REFUND_PAID_OTHERWISE, paid.getState());
    assertEquals("PAID_OTHERWISE", paid.getDecisions(0).getKind());
    assertEquals("银行流水 42", paid.getDecisions(0).getReference());
    assertTrue(paid.getDecisions(0).getBy().startsWith("staff:"));
    assertEquals(AfterSaleState.CASE_COMPLETED, read(opened).getState());
    assertEquals("", read(opened).getNextStep());
    assertEquals(1_000, shop.order(order).getRefunded().getMinorUnits());
    refused("REFUND_NOT_STUCK", () -> payOtherwise(stuck, 1_000));
    refused("REFUND_NOT_FAILED", () -> retry(stuck));
    assertClean();
  }

  @Test
  void staffSendARefusedOneAgain() {
    Order order = bought();
    approved(order, 0, 1);
    Refund stuck = stuck(order, "INVALID_REQUEST");
    clock.advance(Duration.ofDays(1));
    run(paymentJobs.settleRefunds());
    assertEquals(RefundState.REFUND_STUCK, refundsOf(order).get(0).getState(), "not by itself");
    assertEquals("RETRIED", retry(stuck).getDecisions(0).getKind());
    settleRefundsUntil(() -> all(order, RefundState.REFUND_SUCCEEDED));
    assertEquals(stuck.getRefundNo(), refundsOf(order).get(0).getRefundNo());
    assertClean();
  }

  @Test
  void nothingIsPaidTwiceWhenTheProviderHasItAfterAll() {
    Order order = bought();
    approved(order, 0, 1);
    Refund stuck = stuck(order, "INVALID_REQUEST");
    retry(stuck);
    shop.sandbox.misbehave("wechat-pay.notify.refund", "LOST", 5);
    shop.sandbox.misbehave("wechat-pay.refund", "DROP", 1);
    run(paymentJobs.settleRefunds());
    update(
        "UPDATE refund SET state = 'STUCK', decide_by = requested_at WHERE id = UNHEX(?)", stuck);
    clock.advance(Duration.ofMinutes(11));
    refused("REFUND_AT_PROVIDER", () -> payOtherwise(stuck, 1_000));
    settleRefundsUntil(() -> all(order, RefundState.REFUND_SUCCEEDED));
    assertClean();
  }

  @Test
  void anAbnormalRefundGoesToAnotherCard() {
    Order order = bought();
    AfterSaleCase opened = approved(order, 0, 1);
    Refund abnormal = abnormal(order);
    assertEquals("FINANCE_DECIDES", read(opened).getNextStep());
    refused(
        "INVALID_ARGUMENT",
        () ->
            finance()
                .redirectRefund(redirecting(abnormal, CARD.toBuilder().setAccount("1").build())));
    RedirectRefundRequest request = redirecting(abnormal, CARD);
    PaymentsGrpc.PaymentsBlockingStub cashier = finance();
    Refund sent = cashier.redirectRefund(request);
    assertEquals("SENT_TO_BANK_CARD", sent.getDecisions(0).getKind());
    assertEquals("ICBC_DEBIT ****0123", sent.getDecisions(0).getReference());
    assertEquals(sent, cashier.redirectRefund(request), "the same again");
    settleRefundsUntil(() -> all(order, RefundState.REFUND_SUCCEEDED));
    assertEquals(AfterSaleState.CASE_COMPLETED, read(opened).getState());
    refused("REFUND_NOT_ABNORMAL", () -> finance().redirectRefund(redirecting(abnormal, CARD)));
    assertClean();
  }

  @Test
  void whatGoesBackToTheMerchantIsStillOwedToTheMember() {
    Order order = bought();
    AfterSaleCase opened = approved(order, 0, 1);
    Refund abnormal = abnormal(order);
    finance().redirectRefund(redirecting(abnormal, null));
    settleRefundsUntil(() -> refundsOf(order).get(0).getFailure().equals("RETURNED_TO_MERCHANT"));
    assertEquals(RefundState.REFUND_STUCK, refundsOf(order).get(0).getState());
    assertEquals(AfterSaleState.REFUNDING, read(opened).getState());
    assertEquals(0, shop.order(order).getRefunded().getMinorUnits());
    refused("REFUND_NOT_FAILED", () -> retry(abnormal));
    payOtherwise(abnormal, 1_000);
    assertEquals(AfterSaleState.CASE_COMPLETED, read(opened).getState());
    assertClean();
  }

  @Test
  void afterAYearNothingIsSentAndStaffAreWarnedBefore() {
    Order order = bought();
    shop.ship(order);
    shop.receive(order);
    clock.advance(Duration.ofDays(340));
    run(orderJobs.passTime());
    AfterSaleCase near = casesOf(BRAND).openCase(shop.opening(order, 0, 1, REFUND_ONLY).build());
    assertEquals("PROVIDER_REFUND_YEAR_ENDS", near.getRefundWarning());
    assertEquals("", shop.cases().getCase(get(near)).getRefundWarning(), "staff alone");
    clock.advance(Duration.ofDays(30));
    run(paymentJobs.settleRefunds());
    Refund late = refundsOf(order).get(0);
    assertEquals(RefundState.REFUND_STUCK, late.getState());
    assertEquals("PROVIDER_REFUND_YEAR_OVER", late.getFailure());
    assertEquals(0, late.getAttempts());
    payOtherwise(late, 1_000);
    assertEquals(AfterSaleState.CASE_COMPLETED, read(near).getState());
    assertClean();
  }

  @Test
  void whoeverIsToDecideIsLookedAfter() {
    Order order = bought();
    approved(order, 0, 1);
    stuck(order, "PARAM_ERROR");
    run(watch.count());
    double before = undecided();
    clock.advance(Duration.ofDays(3));
    run(watch.count());
    assertTrue(undecided() > before);
  }

  private double undecided() {
    return meters.get("mall_refunds_undecided").gauge().value();
  }

  private JsonNode atProvider(Refund refund) {
    for (JsonNode known : shop.sandbox.refunds()) {
      if (known.path("outRefundNo").asText().equals(refund.getRefundNo())) {
        return known;
      }
    }
    throw new AssertionError("the provider does not know " + refund.getRefundNo());
  }

  private Order bought() {
    return shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 9), 2)).getOrders(0);
  }

  private AfterSaleCase approved(Order order, int line, long units) {
    return shop.approve(shop.open(order, line, units, REFUND_ONLY));
  }

  /** The provider refuses the next refund; it is sent. */
  private Refund stuck(Order order, String code) {
    shop.sandbox.misbehave(
        Json.object(
            "operation",
            "wechat-pay.refund",
            "kind",
            "FAIL",
            "remaining",
            1,
            "status",
            400,
            "code",
            code));
    run(paymentJobs.settleRefunds());
    Refund stuck = refundsOf(order).get(0);
    assertEquals(RefundState.REFUND_STUCK, stuck.getState());
    assertEquals(code, stuck.getFailure());
    return stuck;
  }

  private Refund abnormal(Order order) {
    shop.sandbox.misbehave(
        Json.object(
            "operation", "wechat-pay.refund-result",
            "kind", "FAIL",
            "remaining", 1,
            "code", "ABNORMAL"));
    settleRefundsUntil(() -> all(order, RefundState.REFUND_STUCK));
    Refund abnormal = refundsOf(order).get(0);
    assertEquals("ABNORMAL", abnormal.getFailure());
    return abnormal;
  }

  private static boolean all(Order order, RefundState state) {
    return refundsOf(order).stream().allMatch(refund -> refund.getState() == state);
  }

  private AfterSaleCase read(AfterSaleCase of) {
    return shop.cases().getCase(get(of));
  }

  private static GetCaseRequest get(AfterSaleCase of) {
    return GetCaseRequest.newBuilder().setCaseId(of.getCaseId()).build();
  }

  private static Refund payOtherwise(Refund refund, long fen) {
    return finance().payRefundOtherwise(paying(refund, fen));
  }

  private static PayRefundOtherwiseRequest paying(Refund refund, long fen) {
    return PayRefundOtherwiseRequest.newBuilder()
        .setRequestId(requestId())
        .setRefundId(refund.getRefundId())
        .setAmount(ProtoMoney.to(Money.fen(fen)))
        .setReference("银行流水 42")
        .setNote("按会员要求转账")
        .build();
  }

  private static Refund retry(Refund refund) {
    return finance()
        .retryRefund(
            RetryRefundRequest.newBuilder()
                .setRequestId(requestId())
                .setRefundId(refund.getRefundId())
                .setNote("渠道已恢复")
                .build());
  }

  private static RedirectRefundRequest redirecting(Refund refund, BankCard card) {
    RedirectRefundRequest.Builder request =
        RedirectRefundRequest.newBuilder()
            .setRequestId(requestId())
            .setRefundId(refund.getRefundId())
            .setNote("会员换卡");
    if (card != null) {
      request.setCard(card);
    }
    return request.build();
  }

  private void update(String sql, Refund refund) {
    pool.preparedQuery(sql)
        .executeAndAwait(io.vertx.mutiny.sqlclient.Tuple.of(refund.getRefundId().replace("-", "")));
  }

  private static void assertClean() {
    finance()
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check.toString()));
  }
}
