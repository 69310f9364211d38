package io.siyu.mall.order.aftersale;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.await;
import static io.siyu.mall.order.fixture.Shop.casesOf;
import static io.siyu.mall.order.fixture.Shop.finance;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.ordersOf;
import static io.siyu.mall.order.fixture.Shop.refundsOf;
import static io.siyu.mall.order.fixture.Shop.refused;
import static io.siyu.mall.order.fixture.Shop.requestId;
import static io.siyu.mall.order.fixture.Shop.shipping;
import static io.siyu.mall.proto.order.v1.AfterSaleKind.EXCHANGE;
import static io.siyu.mall.proto.order.v1.AfterSaleKind.REFUND_ONLY;
import static io.siyu.mall.proto.order.v1.AfterSaleKind.RETURN_REFUND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.order.v1.AfterSaleCase;
import io.siyu.mall.proto.order.v1.AfterSaleEnded;
import io.siyu.mall.proto.order.v1.AfterSaleOpened;
import io.siyu.mall.proto.order.v1.AfterSaleState;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.CancelCaseRequest;
import io.siyu.mall.proto.order.v1.DecideArbitrationRequest;
import io.siyu.mall.proto.order.v1.EscalateCaseRequest;
import io.siyu.mall.proto.order.v1.GetCaseRequest;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.ListCasesRequest;
import io.siyu.mall.proto.order.v1.ListOrderFactsRequest;
import io.siyu.mall.proto.order.v1.OpenCaseRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.ParcelLine;
import io.siyu.mall.proto.order.v1.Refund;
import io.siyu.mall.proto.order.v1.RefundState;
import io.siyu.mall.proto.order.v1.RefuseReturnRequest;
import io.siyu.mall.proto.order.v1.RejectCaseRequest;
import io.siyu.mall.proto.order.v1.ReshipRequest;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
import io.siyu.mall.sandbox.http.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AfterSaleTest extends OrderServiceTest {

  @Test
  void oneUnitComesBackAndIsRefunded() {
    Order order = received(3, 10_000);
    AfterSaleCase opened = shop.open(order, 0, 1, RETURN_REFUND);
    assertEquals(AfterSaleState.APPLIED, opened.getState());
    assertEquals(10_000, opened.getRefundAmount().getMinorUnits());
    refused("ILLEGAL_TRANSITION", () -> shop.sendBack(opened));
    assertEquals(AfterSaleState.APPROVED, shop.approve(opened).getState());
    assertEquals(AfterSaleState.RETURNING, shop.sendBack(opened).getState());
    AfterSaleCase back = shop.takeBack(opened, true);
    assertEquals(AfterSaleState.REFUNDING, back.getState());
    settle(order);
    AfterSaleCase done = read(opened);
    assertEquals(AfterSaleState.CASE_COMPLETED, done.getState());
    assertEquals(
        List.of("OPENED", "APPROVED", "RETURN_SENT", "RETURN_RECEIVED", "REFUNDING", "COMPLETED"),
        done.getTimelineList().stream().map(e -> e.getKind()).toList());
    Order after = shop.order(order);
    assertEquals(OrderState.RECEIVED, after.getState());
    assertEquals(1, after.getLines(0).getRefundedQuantity());
    assertEquals(10_000, after.getRefunded().getMinorUnits());
    await().until(() -> refundEvents(order, "membership").size() == 1);
    LineRefunded told = refundEvents(order, "distributor").get(0);
    assertEquals(1, told.getRestockQuantity());
    assertEquals(1, told.getRefundedQuantityTotal());
    assertEquals(30_000, told.getLinePaid().getMinorUnits());
    assertFalse(told.getAfterCompletion());
    assertEquals(1, caseEvents(AfterSaleOpened.class, order));
    await().until(() -> caseEvents(AfterSaleEnded.class, order) == 1);
  }

  @Test
  void partsOfAnAwkwardPriceAddUpToTheWhole() {
    Order order = received(3, 1_001);
    long total = 0;
    for (int i = 0; i < 3; i++) {
      AfterSaleCase opened = shop.open(order, 0, 1, REFUND_ONLY);
      shop.approve(opened);
      settle(order);
      total += read(opened).getRefundAmount().getMinorUnits();
    }
    assertEquals(3_003, total);
    assertEquals(OrderState.CLOSED, shop.order(order).getState());
    refused("AFTER_SALE_NOT_POSSIBLE", () -> shop.open(order, 0, 1, REFUND_ONLY));
  }

  @Test
  void manyWantTheSameUnitsAtOnce() {
    Order order = received(3, 1_000);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return shop.open(order, 0, 2, RETURN_REFUND).getCaseId();
                          } catch (StatusRuntimeException e) {
                            return RemoteErrors.from(e).reason();
                          }
                        }))
            .toList();
    List<String> outcomes = calls.stream().map(CompletableFuture::join).toList();
    long refusals =
        outcomes.stream()
            .filter(o -> o.equals("NOTHING_LEFT_TO_REFUND") || o.equals("NOT_SHIPPED_YET"))
            .count();
    assertEquals(7, refusals, outcomes.toString());
  }

  @Test
  void oneCaseIsDecidedOnceHoweverManyApprove() {
    Order order = received(2, 1_000);
    AfterSaleCase opened = shop.open(order, 0, 2, REFUND_ONLY);
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return shop.approve(opened).getState().name();
                          } catch (StatusRuntimeException e) {
                            return RemoteErrors.from(e).reason();
                          }
                        }))
            .toList();
    List<String> outcomes = calls.stream().map(CompletableFuture::join).toList();
    assertEquals(1, outcomes.stream().filter("REFUNDING"::equals).count(), outcomes.toString());
    assertEquals(1, refundsOf(order).size());
  }

  @Test
  void aFailingRefundIsSentAgainUnderItsNumber() {
    Order order = received(1, 5_000);
    shop.approve(shop.open(order, 0, 1, REFUND_ONLY));
    shop.sandbox.misbehave(
        Json.object(
            "operation", "wechat-pay.refund",
            "kind", "FAIL",
            "remaining", 1,
            "status", 403,
            "code", "NOT_ENOUGH"));
    run(paymentJobs.settleRefunds());
    Refund failed = refundsOf(order).get(0);
    assertEquals(RefundState.REFUND_FAILED, failed.getState());
    assertEquals("NOT_ENOUGH", failed.getFailure());
    assertEquals(1, failed.getAttempts());
    RetryRefundRequest retry =
        RetryRefundRequest.newBuilder()
            .setRequestId(requestId())
            .setRefundId(failed.getRefundId())
            .build();
    finance().retryRefund(retry);
    settle(order);
    Refund paid = refundsOf(order).get(0);
    assertEquals(failed.getRefundNo(), paid.getRefundNo());
    assertEquals(1, refundsOf(order).size());
    refused(
        "REFUND_NOT_FAILED",
        () -> finance().retryRefund(retry.toBuilder().setRequestId(requestId()).build()));
  }

  @Test
  void aRefundThatTheProviderGivesUpIsRetriedByItself() {
    Order order = received(1, 5_000);
    shop.approve(shop.open(order, 0, 1, REFUND_ONLY));
    shop.sandbox.misbehave(
        Json.object(
            "operation", "wechat-pay.refund-result",
            "kind", "FAIL",
            "remaining", 1,
            "code", "CLOSED"));
    run(paymentJobs.settleRefunds());
    await().until(() -> refundsOf(order).get(0).getState() == RefundState.REFUND_FAILED);
    clock.advance(Duration.ofMinutes(2));
    settle(order);
    assertEquals(1, refundsOf(order).size());
  }

  @Test
  void anAnswerThatGotLostAndANotificationThatNeverComes() {
    Order order = received(1, 5_000);
    shop.approve(shop.open(order, 0, 1, REFUND_ONLY));
    shop.sandbox.misbehave("wechat-pay.refund", "NONSENSE", 1);
    shop.sandbox.misbehave("wechat-pay.notify.refund", "LOST", 5);
    run(paymentJobs.settleRefunds());
    assertEquals(RefundState.REFUND_REQUESTED, refundsOf(order).get(0).getState());
    await()
        .until(
            () -> {
              clock.advance(Duration.ofMinutes(2));
              run(paymentJobs.settleRefunds());
              return refundsOf(order).get(0).getState() == RefundState.REFUND_SUCCEEDED;
            });
    assertEquals(5_000, shop.order(order).getRefunded().getMinorUnits());
  }

  @Test
  void refundNotificationsAreCheckedToo() {
    Order order = received(1, 5_000);
    shop.approve(shop.open(order, 0, 1, REFUND_ONLY));
    shop.sandbox.misbehave("wechat-pay.notify.refund", "LOST", 1);
    run(paymentJobs.settleRefunds());
    String number = refundsOf(order).get(0).getRefundNo();
    // It exists once the provider has carried the refund out.
    await().ignoreExceptions().until(() -> shop.sandbox.sendNotification(number, "FORGED") != null);
    assertTrue(shop.callbacks.answers().contains("NOTIFICATION_NOT_GENUINE"));
    assertEquals(RefundState.SUBMITTED, refundsOf(order).get(0).getState());
    shop.callbacks.reset();
    shop.sandbox.sendNotification(number, "GENUINE");
    shop.sandbox.sendNotification(number, "GENUINE");
    assertTrue(shop.callbacks.answers().stream().allMatch("OK"::equals));
    assertEquals(RefundState.REFUND_SUCCEEDED, refundsOf(order).get(0).getState());
    assertEquals(5_000, shop.order(order).getRefunded().getMinorUnits());
  }

  @Test
  void anUnshippedUnitIsRefundedAndGoesBackToStock() {
    Order order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 9), 2)).getOrders(0);
    AfterSaleCase opened = shop.open(order, 0, 1, REFUND_ONLY);
    shop.approve(opened);
    settle(order);
    await().until(() -> refundEvents(order, "catalog").size() == 1);
    assertEquals(1, refundEvents(order, "catalog").get(0).getRestockQuantity());
    Order shipped = shop.ship(order);
    assertEquals(OrderState.SHIPPED, shipped.getState());
    assertEquals(1, shipped.getLines(0).getShippedQuantity());
  }

  @Test
  void aSilentSellerApprovesAndASilentMemberCloses() {
    Order order = received(2, 1_000);
    AfterSaleCase opened = shop.open(order, 0, 1, RETURN_REFUND);
    assertEquals(
        Duration.ofDays(2).toSeconds(),
        opened.getDueAt().getSeconds() - opened.getOpenedAt().getSeconds());
    run(afterSaleJobs.passTime());
    assertEquals(AfterSaleState.APPLIED, read(opened).getState());
    clock.advance(Duration.ofDays(2));
    run(afterSaleJobs.passTime());
    assertEquals(AfterSaleState.APPROVED, read(opened).getState());
    clock.advance(Duration.ofDays(7));
    run(afterSaleJobs.passTime());
    assertEquals(AfterSaleState.CASE_CLOSED, read(opened).getState());
    assertEquals(0, shop.order(order).getLines(0).getRefundingQuantity());
    run(orderJobs.passTime());
    assertEquals(OrderState.COMPLETED, shop.order(order).getState());
  }

  @Test
  void anOpenCaseKeepsTheOrderFromCompleting() {
    Order order = received(2, 1_000);
    AfterSaleCase opened = shop.open(order, 0, 1, RETURN_REFUND);
    shop.approve(opened);
    shop.sendBack(opened);
    clock.advance(Duration.ofDays(8));
    run(orderJobs.passTime());
    assertEquals(OrderState.RECEIVED, shop.order(order).getState());
    AfterSaleCase cancelled =
        shop.cases()
            .cancelCase(
                CancelCaseRequest.newBuilder()
                    .setRequestId(requestId())
                    .setCaseId(opened.getCaseId())
                    .build());
    assertEquals(AfterSaleState.CASE_CANCELLED, cancelled.getState());
    run(orderJobs.passTime());
    assertEquals(OrderState.COMPLETED, shop.order(order).getState());
  }

  @Test
  void aRefusalGoesToThePlatform() {
    Order order = received(1, 1_000);
    AfterSaleCase opened = shop.open(order, 0, 1, RETURN_REFUND);
    shop.approve(opened);
    shop.sendBack(opened);
    RefuseReturnRequest refuse =
        RefuseReturnRequest.newBuilder()
            .setRequestId(requestId())
            .setCaseId(opened.getCaseId())
            .setReason("已使用")
            .build();
    refused("INVALID_ARGUMENT", () -> casesOf(BRAND).refuseReturn(refuse));
    assertEquals(
        AfterSaleState.REFUSED,
        casesOf(BRAND)
            .refuseReturn(refuse.toBuilder().addEvidenceUrls("https://img.example/e.jpg").build())
            .getState());
    shop.cases()
        .escalateCase(
            EscalateCaseRequest.newBuilder()
                .setRequestId(requestId())
                .setCaseId(opened.getCaseId())
                .setNote("没有使用")
                .build());
    DecideArbitrationRequest decide =
        DecideArbitrationRequest.newBuilder()
            .setRequestId(requestId())
            .setCaseId(opened.getCaseId())
            .setRefund(true)
            .setReason("证据不足")
            .build();
    refused("ROLE_REQUIRED", () -> casesOf(BRAND).decideArbitration(decide));
    assertEquals(
        AfterSaleState.REFUNDING,
        TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), AfterSalesGrpc::newBlockingStub)
            .decideArbitration(decide)
            .getState());
    settle(order);
    assertEquals(OrderState.CLOSED, shop.order(order).getState());
  }

  @Test
  void aRejectedCaseClosesIfNobodyEscalates() {
    Order order = received(1, 1_000);
    AfterSaleCase opened = shop.open(order, 0, 1, REFUND_ONLY);
    AfterSaleCase rejected =
        casesOf(BRAND)
            .rejectCase(
                RejectCaseRequest.newBuilder()
                    .setRequestId(requestId())
                    .setCaseId(opened.getCaseId())
                    .setReason("无质量问题")
                    .build());
    assertEquals(AfterSaleState.REJECTED, rejected.getState());
    assertEquals("无质量问题", rejected.getDecisionReason());
    refused("NOTHING_LEFT_TO_REFUND", () -> shop.open(order, 0, 1, REFUND_ONLY));
    clock.advance(Duration.ofDays(7));
    run(afterSaleJobs.passTime());
    assertEquals(AfterSaleState.CASE_CLOSED, read(opened).getState());
  }

  @Test
  void anOpenCaseKeepsItsUnitsAloneAndARejectedOneNone() {
    Order order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 3), 3)).getOrders(0);
    AfterSaleCase opened = shop.open(order, 0, 1, REFUND_ONLY);
    assertEquals(2, shop.order(order).getLines(0).getShippableQuantity());
    refused("LINE_UNDER_REFUND", () -> shipUnits(order, 3));
    assertEquals(2, shipUnits(order, 2).getLines(0).getShippedQuantity());
    refused("NOTHING_TO_SHIP", () -> shop.ship(order));
    reject(opened);
    assertEquals(1, shop.order(order).getLines(0).getShippableQuantity());
    assertEquals(OrderState.SHIPPED, shop.ship(order).getState());
    assertClean();
  }

  @Test
  void anEscalatedCaseKeepsWhatHasNotShippedMeanwhile() {
    Order order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 3), 3)).getOrders(0);
    AfterSaleCase opened = shop.open(order, 0, 2, REFUND_ONLY);
    reject(opened);
    shipUnits(order, 2);
    escalate(opened);
    refused("LINE_UNDER_REFUND", () -> shipUnits(order, 1));
    assertClean();
    decide(opened, true);
    settle(order);
    Order refunded = shop.order(order);
    assertEquals(2, refunded.getLines(0).getRefundedQuantity());
    assertEquals(2, refunded.getLines(0).getShippedQuantity());
    assertEquals(OrderState.SHIPPED, refunded.getState(), "the unit that stayed never ships");
    assertEquals(1, restocked(order), "only what never left is sold again");
    assertClean();
  }

  @Test
  void theMemberGivesUpARejectedCaseAndItsUnitsCanBeClaimedAgain() {
    Order order = shop.buy(line(shop.neighbours.sku(BRAND, 1_000, 2), 2)).getOrders(0);
    AfterSaleCase opened = shop.open(order, 0, 2, REFUND_ONLY);
    reject(opened);
    shop.cases()
        .cancelCase(
            CancelCaseRequest.newBuilder()
                .setRequestId(requestId())
                .setCaseId(opened.getCaseId())
                .build());
    assertClean();
    shop.open(order, 0, 2, REFUND_ONLY);
    refused("NOTHING_TO_SHIP", () -> shop.ship(order));
    assertClean();
  }

  private Order shipUnits(Order order, long units) {
    return ordersOf(BRAND)
        .shipParcel(
            shipping(order)
                .addLines(
                    ParcelLine.newBuilder()
                        .setOrderLineId(order.getLines(0).getOrderLineId())
                        .setQuantity(units))
                .build());
  }

  private static void reject(AfterSaleCase opened) {
    casesOf(BRAND)
        .rejectCase(
            RejectCaseRequest.newBuilder()
                .setRequestId(requestId())
                .setCaseId(opened.getCaseId())
                .setReason("无质量问题")
                .build());
  }

  private void escalate(AfterSaleCase opened) {
    shop.cases()
        .escalateCase(
            EscalateCaseRequest.newBuilder()
                .setRequestId(requestId())
                .setCaseId(opened.getCaseId())
                .setNote("请平台判断")
                .build());
  }

  private static void decide(AfterSaleCase opened, boolean refund) {
    TestGrpc.as(TestTokens.staff(Role.PLATFORM_ADMIN), AfterSalesGrpc::newBlockingStub)
        .decideArbitration(
            DecideArbitrationRequest.newBuilder()
                .setRequestId(requestId())
                .setCaseId(opened.getCaseId())
                .setRefund(refund)
                .setReason("平台判断")
                .build());
  }

  /** Every identity of the books holds. */
  private static void assertClean() {
    finance()
        .reconcile(ReconcileRequest.getDefaultInstance())
        .getChecksList()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check.toString()));
  }

  private static long restocked(Order order) {
    return finance()
        .listOrderFacts(ListOrderFactsRequest.newBuilder().setPageSize(100).build())
        .getFactsList()
        .stream()
        .filter(fact -> fact.getOrderId().equals(order.getOrderId()))
        .mapToLong(fact -> fact.getLines(0).getRestockedQuantity())
        .sum();
  }

  @Test
  void staffRefundOutOfGoodwillAfterCompletion() {
    Order order = received(2, 1_000);
    clock.advance(Duration.ofDays(7));
    run(orderJobs.passTime());
    assertEquals(OrderState.COMPLETED, shop.order(order).getState());
    refused("AFTER_SALE_NOT_POSSIBLE", () -> shop.open(order, 0, 1, REFUND_ONLY));
    OpenCaseRequest open = shop.opening(order, 0, 1, REFUND_ONLY).build();
    refused(
        "ROLE_REQUIRED",
        () ->
            TestGrpc.as(TestTokens.staff(Role.FINANCE), AfterSalesGrpc::newBlockingStub)
                .openCase(open));
    refused("ORDER_NOT_FOUND", () -> casesOf("other").openCase(open));
    AfterSaleCase opened = casesOf(BRAND).openCase(open);
    assertEquals(AfterSaleState.REFUNDING, opened.getState());
    settle(order);
    assertEquals(OrderState.COMPLETED, shop.order(order).getState());
    await().until(() -> refundEvents(order, "distributor").size() == 1);
    assertTrue(refundEvents(order, "distributor").get(0).getAfterCompletion());
    assertEquals(0, refundEvents(order, "distributor").get(0).getRestockQuantity());
  }

  @Test
  void whatCannotBeAskedFor() {
    Order order = received(1, 1_000);
    refused("EXCHANGE_NOT_OFFERED", () -> shop.open(order, 0, 1, EXCHANGE));
    AfterSaleCase other = shop.open(received(1, 1_000), 0, 1, REFUND_ONLY);
    refused(
        "EXCHANGE_NOT_OFFERED",
        () ->
            casesOf(BRAND).reship(ReshipRequest.newBuilder().setCaseId(other.getCaseId()).build()));
    refused("NOTHING_LEFT_TO_REFUND", () -> shop.open(order, 0, 2, REFUND_ONLY));
    refused("INVALID_ARGUMENT", () -> shop.open(order, 0, 0, REFUND_ONLY));
    refused(
        "INVALID_ARGUMENT",
        () -> shop.cases().openCase(shop.opening(order, 0, 1, REFUND_ONLY).clearKind().build()));
    refused(
        "INVALID_ARGUMENT",
        () ->
            shop.cases()
                .openCase(
                    shop.opening(order, 0, 1, REFUND_ONLY).addPictureUrls("javascript:x").build()));
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    refused("AFTER_SALE_WINDOW_OVER", () -> shop.open(order, 0, 1, RETURN_REFUND));
    Order unpaid = shop.place(line(shop.neighbours.sku(BRAND, 100, 1), 1)).getOrders(0);
    refused("AFTER_SALE_NOT_POSSIBLE", () -> shop.open(unpaid, 0, 1, REFUND_ONLY));
    assertEquals(
        0,
        shop.cases()
            .listCases(ListCasesRequest.newBuilder().setOrderId(order.getOrderId()).build())
            .getCasesCount());
  }

  private AfterSaleCase read(AfterSaleCase of) {
    return shop.cases().getCase(GetCaseRequest.newBuilder().setCaseId(of.getCaseId()).build());
  }

  private Order received(long quantity, long priceFen) {
    Order order =
        shop.buy(line(shop.neighbours.sku(BRAND, priceFen, quantity), quantity)).getOrders(0);
    shop.ship(order);
    return shop.receive(order);
  }

  private void settle(Order order) {
    settleRefundsUntil(
        () ->
            refundsOf(order).stream()
                .allMatch(refund -> refund.getState() == RefundState.REFUND_SUCCEEDED));
  }

  private List<LineRefunded> refundEvents(Order order, String subscriber) {
    return events.of(LineRefunded.class, subscriber).stream()
        .filter(e -> e.getOrderId().equals(order.getOrderId()))
        .toList();
  }

  private long caseEvents(Class<? extends com.google.protobuf.Message> type, Order order) {
    return events.of(type, "distributor").stream()
        .filter(
            e ->
                order
                    .getOrderId()
                    .equals(e.getField(e.getDescriptorForType().findFieldByName("order_id"))))
        .count();
  }
}
