package io.siyu.mall.order.order;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.await;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.ordersOf;
import static io.siyu.mall.order.fixture.Shop.refused;
import static io.siyu.mall.order.fixture.Shop.shipping;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.ListOrdersResponse;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderCompleted;
import io.siyu.mall.proto.order.v1.OrderReceived;
import io.siyu.mall.proto.order.v1.ParcelLine;
import io.siyu.mall.proto.order.v1.ShipParcelRequest;
import io.siyu.mall.proto.order.v1.TimelineEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FulfilmentTest extends OrderServiceTest {

  @Test
  void anOrderGoesInTwoParcelsIsReceivedAndCompletes() {
    Order order = paid();
    ShipParcelRequest first = parcel(order, 0, 1).build();
    Order shipped = ordersOf(BRAND).shipParcel(first);
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.PARTIALLY_SHIPPED, shipped.getState());
    assertEquals(1, shop.order(order).getParcelsCount());
    shipped = shop.ship(order);
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.SHIPPED, shipped.getState());
    assertEquals(2, shipped.getParcelsCount());
    assertEquals(2, shipped.getParcels(1).getLinesCount());

    Order received = shop.receive(order);
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.RECEIVED, received.getState());
    assertEquals(
        Duration.ofDays(7).toSeconds(),
        received.getAfterSaleUntil().getSeconds() - received.getReceivedAt().getSeconds());
    run(orderJobs.passTime());
    assertEquals(received.getState(), shop.order(order).getState());
    clock.advance(Duration.ofDays(7));
    run(orderJobs.passTime());
    Order completed = shop.order(order);
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.COMPLETED, completed.getState());
    assertEquals(
        List.of("PLACED", "PAID", "PARTIALLY_SHIPPED", "SHIPPED", "RECEIVED", "COMPLETED"),
        completed.getTimelineList().stream().map(TimelineEntry::getKind).toList());
    await()
        .until(
            () ->
                told(OrderCompleted.class, "membership", order) == 1
                    && told(OrderCompleted.class, "distributor", order) == 1
                    && told(OrderReceived.class, "distributor", order) == 1);
  }

  @Test
  void whatIsNotConfirmedIsReceivedAfterFifteenDays() {
    Order order = paid();
    shop.ship(order);
    clock.advance(Duration.ofDays(15).minusMinutes(1));
    run(orderJobs.passTime());
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.SHIPPED, shop.order(order).getState());
    clock.advance(Duration.ofMinutes(2));
    run(orderJobs.passTime());
    Order received = shop.order(order);
    assertEquals(io.siyu.mall.proto.order.v1.OrderState.RECEIVED, received.getState());
    assertEquals("system", received.getTimeline(received.getTimelineCount() - 1).getBy());
  }

  @Test
  void nothingShipsTwiceNorUnpaidNorUnderRefund() {
    Order waiting = shop.place(line(shop.neighbours.sku(BRAND, 100, 1), 1)).getOrders(0);
    refused("ILLEGAL_TRANSITION", () -> shop.ship(waiting));
    Order order = paid();
    ordersOf(BRAND).shipParcel(parcel(order, 0, 2).build());
    refused("LINE_ALREADY_SHIPPED", () -> ordersOf(BRAND).shipParcel(parcel(order, 0, 1).build()));
    refused(
        "ORDER_LINE_NOT_FOUND",
        () ->
            ordersOf(BRAND)
                .shipParcel(
                    shipping(order)
                        .addLines(
                            ParcelLine.newBuilder()
                                .setOrderLineId(waiting.getLines(0).getOrderLineId())
                                .setQuantity(1))
                        .build()));
    shop.open(order, 1, 1, AfterSaleKind.REFUND_ONLY);
    refused("LINE_UNDER_REFUND", () -> ordersOf(BRAND).shipParcel(parcel(order, 1, 3).build()));
    ordersOf(BRAND).shipParcel(parcel(order, 1, 2).build());
    refused("LINE_UNDER_REFUND", () -> ordersOf(BRAND).shipParcel(parcel(order, 1, 1).build()));
    refused("NOTHING_TO_SHIP", () -> shop.ship(order));
    refused("INVALID_ARGUMENT", () -> ordersOf(BRAND).shipParcel(parcel(order, 1, 0).build()));
    refused(
        "INVALID_ARGUMENT",
        () -> ordersOf(BRAND).shipParcel(shipping(order).clearCarrier().build()));
    refused("ILLEGAL_TRANSITION", () -> shop.receive(order));
  }

  @Test
  void twoPeopleShipTheSameUnitsAtOnce() {
    Order order = paid();
    List<CompletableFuture<Boolean>> calls =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            ordersOf(BRAND).shipParcel(parcel(order, 0, 2).build());
                            return true;
                          } catch (io.grpc.StatusRuntimeException e) {
                            return false;
                          }
                        }))
            .toList();
    assertEquals(1, calls.stream().filter(CompletableFuture::join).count());
    assertEquals(2, shop.order(order).getLines(0).getShippedQuantity());
    assertEquals(1, shop.order(order).getParcelsCount());
  }

  @Test
  void listsArePagedNewestFirst() {
    List<String> placed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      placed.add(
          0,
          shop.place(line(shop.neighbours.sku(i % 2 == 0 ? BRAND : OTHER_BRAND, 100, 1), 1))
              .getOrders(0)
              .getOrderId());
    }
    List<String> read = new ArrayList<>();
    String token = "";
    do {
      ListOrdersResponse page =
          shop.orders()
              .listOrders(
                  ListOrdersRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getOrdersList().forEach(order -> read.add(order.getOrderId()));
      assertTrue(page.getOrdersList().stream().allMatch(order -> order.getTimelineCount() == 0));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(placed, read);
    refused(
        "INVALID_ARGUMENT",
        () -> shop.orders().listOrders(ListOrdersRequest.newBuilder().setPageToken("x").build()));
    ListOrdersResponse ofBrand =
        ordersOf(OTHER_BRAND)
            .listOrders(
                ListOrdersRequest.newBuilder().addMemberIds(shop.member.toString()).build());
    assertEquals(2, ofBrand.getOrdersCount());
  }

  private Order paid() {
    return shop.buy(
            line(shop.neighbours.sku(BRAND, 12_900, 5), 2),
            line(shop.neighbours.sku(BRAND, 990, 5), 3))
        .getOrders(0);
  }

  private static ShipParcelRequest.Builder parcel(Order order, int line, long units) {
    return shipping(order)
        .addLines(
            ParcelLine.newBuilder()
                .setOrderLineId(order.getLines(line).getOrderLineId())
                .setQuantity(units));
  }

  private long told(Class<? extends com.google.protobuf.Message> type, String who, Order order) {
    return events.of(type, who).stream()
        .filter(
            e ->
                order
                    .getOrderId()
                    .equals(e.getField(e.getDescriptorForType().findFieldByName("order_id"))))
        .count();
  }
}
