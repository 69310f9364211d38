package io.siyu.mall.catalog.stock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.Reservation;
import io.siyu.mall.proto.catalog.v1.ReservationState;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.LineRefunded;
import io.siyu.mall.proto.order.v1.OrderCancelled;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.OrderPaid;
import io.siyu.mall.proto.order.v1.OrderPlaced;
import io.siyu.mall.proto.order.v1.OrderReceived;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class OrderEventsTest {

  @Inject ExpireReservations expiry;
  @Inject TestClock clock;

  private final String order = UUID.randomUUID().toString();
  private final String sku = CatalogFixture.onSale(10).getSkus(0).getSkuId();

  @AfterEach
  void everyIdentityHolds() {
    clock.reset();
    StockCalls.admin()
        .reconcile()
        .forEach(check -> assertEquals(0, check.getDifferenceCount(), check::toString));
  }

  @Test
  void placedPaidAndRefunded() {
    reserve();
    deliver(placed());
    assertFalse(reservation().hasExpiresAt());
    deliver(paid());
    assertEquals(ReservationState.COMMITTED, reservation().getState());
    assertEquals(level(7, 0, 3), StockCalls.admin().level(sku));
    deliver(refunded(1));
    assertEquals(level(8, 0, 2), StockCalls.admin().level(sku));
  }

  @Test
  void aRepeatedDeliveryHasOneEffect() {
    reserve();
    List<Event> events = List.of(event(placed()), event(paid()), event(refunded(2)));
    assertEquals(List.of(Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.ACCEPTED), outcomes(events));
    assertEquals(
        List.of(Outcome.DUPLICATE, Outcome.DUPLICATE, Outcome.DUPLICATE), outcomes(events));
    assertEquals(level(9, 0, 1), StockCalls.admin().level(sku));
  }

  @Test
  void manyOrdersInOneDeliveryAndABadOneAmongThem() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String other = UUID.randomUUID().toString();
      StockCalls.service().reserve(other, sku, 1);
      events.add(about(other, OrderPlaced.newBuilder().setOrderId(other).build()));
      events.add(about(other, OrderPaid.newBuilder().setOrderId(other).build()));
    }
    reserve();
    events.add(event(placed()));
    events.add(event(OrderCancelled.newBuilder().setOrderId(order).build()));
    assertEquals(Collections.nCopies(8, Outcome.ACCEPTED), outcomes(events));
    assertEquals(level(7, 0, 3), StockCalls.admin().level(sku));

    String unknown = UUID.randomUUID().toString();
    String good = UUID.randomUUID().toString();
    StockCalls.service().reserve(good, sku, 1);
    assertEquals(
        List.of(Outcome.ACCEPTED, Outcome.REFUSED, Outcome.DUPLICATE),
        outcomes(
            List.of(
                about(good, OrderPaid.newBuilder().setOrderId(good).build()),
                about(unknown, OrderPaid.newBuilder().setOrderId(unknown).build()),
                events.get(0))));
    assertEquals(level(6, 0, 4), StockCalls.admin().level(sku));
  }

  @Test
  void anyOrderOfEventsComesToTheSame() {
    Random random = new Random(3);
    for (int i = 0; i < 8; i++) {
      String other = UUID.randomUUID().toString();
      String goods = CatalogFixture.onSale(10).getSkus(0).getSkuId();
      StockCalls.service().reserve(other, goods, 3);
      List<Message> events =
          new ArrayList<>(
              List.of(
                  OrderPlaced.newBuilder().setOrderId(other).build(),
                  OrderPaid.newBuilder().setOrderId(other).build(),
                  refund(other, goods, 1),
                  refund(other, goods, 1)));
      Collections.shuffle(events, random);
      deliver(events.toArray(Message[]::new));
      assertEquals(
          StockCalls.level(goods, 10, 9, 0, 1), StockCalls.admin().level(goods), events::toString);
    }
  }

  @Test
  void aCancelledOrderGivesBack() {
    reserve();
    deliver(placed(), OrderCancelled.newBuilder().setOrderId(order).build());
    assertEquals(ReservationState.RELEASED, reservation().getState());
    assertEquals(level(10, 0, 0), StockCalls.admin().level(sku));
  }

  @Test
  void aPlacedOrderDoesNotExpire() {
    reserve();
    deliver(placed());
    expire();
    assertEquals(ReservationState.HELD, reservation().getState());
  }

  @Test
  void anOrderHeardOfTooLateTakesAgain() {
    reserve();
    expire();
    assertEquals(level(10, 0, 0), StockCalls.admin().level(sku));
    deliver(paid());
    assertEquals(ReservationState.COMMITTED, reservation().getState());
    assertEquals(level(7, 0, 3), StockCalls.admin().level(sku));
  }

  @Test
  void anOrderHeardOfTooLateIsParkedWhenThePiecesAreGone() {
    reserve();
    expire();
    StockCalls.service().reserve(UUID.randomUUID().toString(), sku, 8);
    Event paid = event(paid());
    EventResult refused = results(List.of(paid)).get(0);
    assertEquals(Outcome.REFUSED, refused.getOutcome());
    assertEquals("STOCK_TOO_LOW", refused.getReason());
    StockCalls.admin().adjust(sku, 1);
    assertEquals(List.of(Outcome.ACCEPTED), outcomes(List.of(paid)), "driven again");
    assertEquals(StockCalls.level(sku, 11, 0, 8, 3), StockCalls.admin().level(sku));
  }

  @Test
  void whatMakesNoSenseIsRefusedLoudly() {
    assertEquals("RESERVATION_UNKNOWN", refusalOf(paid()));
    assertEquals(
        "UNKNOWN_EVENT_TYPE", refusalOf(OrderReceived.newBuilder().setOrderId(order).build()));
    reserve();
    deliver(paid());
    assertEquals(
        "RESERVATION_COMMITTED", refusalOf(OrderCancelled.newBuilder().setOrderId(order).build()));
    assertEquals("RESTOCK_TOO_MUCH", refusalOf(refunded(4)));
    assertEquals("INVALID_ARGUMENT", refusalOf(OrderPaid.newBuilder().setOrderId("x").build()));
    assertEquals(level(7, 0, 3), StockCalls.admin().level(sku));
  }

  @Test
  void onlyServicesDeliver() {
    for (String token :
        List.of(TestTokens.member(UUID.randomUUID()), TestTokens.staff(List.of()))) {
      StatusRuntimeException refusal =
          org.junit.jupiter.api.Assertions.assertThrows(
              StatusRuntimeException.class,
              () ->
                  TestGrpc.as(token, EventSinkGrpc::newBlockingStub)
                      .deliver(DeliverRequest.newBuilder().addEvents(event(paid())).build()));
      assertEquals(Status.Code.PERMISSION_DENIED, refusal.getStatus().getCode());
    }
  }

  @Test
  void ordersAreComparedWithReservations() {
    reserve();
    deliver(placed(), paid(), refunded(1));
    OrderFact right =
        OrderFact.newBuilder()
            .setOrderId(order)
            .setState("SHIPPED")
            .addLines(LineFact.newBuilder().setSkuId(sku).setQuantity(2))
            .addLines(LineFact.newBuilder().setSkuId(sku).setQuantity(1).setRestockedQuantity(1))
            .build();
    assertEquals(List.of(0L, 0L, 0L), differences(right));
    assertEquals(List.of(1L, 0L, 0L), differences(right.toBuilder().setState("CANCELLED").build()));
    assertEquals(List.of(0L, 1L, 1L), differences(right.toBuilder().removeLines(1).build()));
    assertEquals(
        List.of(1L, 1L, 1L),
        differences(right.toBuilder().setOrderId(UUID.randomUUID().toString()).build()));
  }

  private List<Long> differences(OrderFact fact) {
    return StockCalls.admin()
        .stub()
        .verifyOrders(VerifyOrdersRequest.newBuilder().addFacts(fact).build())
        .getChecksList()
        .stream()
        .map(Check::getDifferenceCount)
        .toList();
  }

  private void reserve() {
    StockCalls.service().reserve(order, sku, 3);
  }

  private void expire() {
    clock.advance(Duration.ofMinutes(16));
    expiry.run().await().atMost(Duration.ofSeconds(10));
    clock.reset();
  }

  private Reservation reservation() {
    return StockCalls.service().reservation(order);
  }

  private io.siyu.mall.proto.catalog.v1.StockLevel level(long available, long held, long sold) {
    return StockCalls.level(sku, 10, available, held, sold);
  }

  private OrderPlaced placed() {
    return OrderPlaced.newBuilder().setOrderId(order).build();
  }

  private OrderPaid paid() {
    return OrderPaid.newBuilder().setOrderId(order).build();
  }

  private LineRefunded refunded(long restock) {
    return refund(order, sku, restock);
  }

  private static LineRefunded refund(String order, String sku, long restock) {
    return LineRefunded.newBuilder()
        .setOrderId(order)
        .setSkuId(sku)
        .setQuantity(restock)
        .setRestockQuantity(restock)
        .build();
  }

  private void deliver(Message... payloads) {
    List<Event> events = Arrays.stream(payloads).map(this::event).toList();
    results(events)
        .forEach(result -> assertEquals(Outcome.ACCEPTED, result.getOutcome(), result::toString));
  }

  private String refusalOf(Message payload) {
    EventResult result = results(List.of(event(payload))).get(0);
    assertEquals(Outcome.REFUSED, result.getOutcome(), result::toString);
    return result.getReason();
  }

  private List<Outcome> outcomes(List<Event> events) {
    return results(events).stream().map(EventResult::getOutcome).toList();
  }

  private static List<EventResult> results(List<Event> events) {
    return TestGrpc.as(TestTokens.service("order"), EventSinkGrpc::newBlockingStub)
        .deliver(DeliverRequest.newBuilder().addAllEvents(events).build())
        .getResultsList();
  }

  private Event event(Message payload) {
    return about(order, payload);
  }

  private static Event about(String order, Message payload) {
    return Event.newBuilder()
        .setEventId(UUID.randomUUID().toString())
        .setType(payload.getDescriptorForType().getFullName())
        .setAggregateType("order")
        .setAggregateId(order)
        .setPayload(Any.pack(payload))
        .build();
  }
}
