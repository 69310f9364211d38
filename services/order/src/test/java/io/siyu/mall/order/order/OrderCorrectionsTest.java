package io.siyu.mall.order.order;

import static io.siyu.mall.order.fixture.Shop.ADDRESS;
import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.ordersOf;
import static io.siyu.mall.order.fixture.Shop.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.order.fixture.Shop;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.CorrectParcelRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.Parcel;
import io.siyu.mall.proto.order.v1.ShippingAddress;
import io.siyu.mall.proto.order.v1.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is set right after an order was placed, and how one is found. */
@QuarkusTest
class OrderCorrectionsTest extends OrderServiceTest {

  private static final ShippingAddress ELSEWHERE =
      ADDRESS.toBuilder()
          .setReceiverName("李小红")
          .setPhone("+86-139-0000-1111")
          .setCity("苏州市")
          .setDetail("观前街 2 号")
          .build();

  /** The same as it is kept. */
  private static final ShippingAddress KEPT = ELSEWHERE.toBuilder().setPhone("13900001111").build();

  @Test
  void aTrackingNumberIsSetRightAndTheTimelineKeepsTheOldOne() {
    Order order = shop.ship(paid());
    Parcel parcel = order.getParcels(0);
    CorrectParcelRequest request =
        CorrectParcelRequest.newBuilder()
            .setRequestId(Shop.requestId())
            .setOrderId(order.getOrderId())
            .setParcelId(parcel.getParcelId())
            .setCarrier("中通")
            .setTrackingNumber("ZT100")
            .setReason("录错单号")
            .build();
    OrdersGrpc.OrdersBlockingStub staff = ordersOf(BRAND);
    Order corrected = staff.correctParcel(request);
    assertEquals(corrected, staff.correctParcel(request), "the same request");
    assertEquals("ZT100", corrected.getParcels(0).getTrackingNumber());
    assertEquals(parcel.getLinesList(), corrected.getParcels(0).getLinesList());
    assertEquals(order.getState(), corrected.getState());
    TimelineEntry entry = last(corrected);
    assertEquals("PARCEL_CORRECTED", entry.getKind());
    assertTrue(entry.getBy().startsWith("staff:"), entry.getBy());
    assertEquals("运单更正：顺丰 " + parcel.getTrackingNumber() + " → 中通 ZT100（录错单号）", entry.getText());
    assertEquals("ZT100", shop.order(order).getParcels(0).getTrackingNumber());
    CorrectParcelRequest.Builder again = request.toBuilder().setRequestId(Shop.requestId());
    refused("NOTHING_TO_CORRECT", () -> ordersOf(BRAND).correctParcel(again.build()));
    refused("ORDER_NOT_FOUND", () -> ordersOf(OTHER_BRAND).correctParcel(again.build()));
    Order other = shop.ship(paid());
    refused(
        "PARCEL_NOT_FOUND",
        () -> ordersOf(BRAND).correctParcel(again.setOrderId(other.getOrderId()).build()));
    refused("INVALID_ARGUMENT", () -> ordersOf(BRAND).correctParcel(again.setReason(" ").build()));
  }

  @Test
  void theMemberChangesTheAddressUntilAParcelLeaves() {
    Order waiting = shop.place(line(shop.neighbours.sku(BRAND, 100, 3), 1)).getOrders(0);
    Order changed = shop.orders().changeAddress(changing(waiting).build());
    assertEquals(KEPT, changed.getAddress());
    assertEquals("ADDRESS_CHANGED", last(changed).getKind());
    assertEquals("member", last(changed).getBy());
    assertFalse(last(changed).getText().contains("李小红"), last(changed).getText());
    Order order = paid();
    ChangeAddressRequest request = changing(order).build();
    Order once = shop.orders().changeAddress(request);
    assertEquals(once, shop.orders().changeAddress(request), "the same request");
    assertEquals(KEPT, ordersOf(BRAND).shipParcel(Shop.shipping(order).build()).getAddress());
    refused("ADDRESS_FIXED", () -> shop.orders().changeAddress(changing(order).build()));
    refused("ORDER_NOT_FOUND", () -> new Shop().orders().changeAddress(changing(order).build()));
    refused(
        "INVALID_ARGUMENT",
        () -> shop.orders().changeAddress(changing(waiting).clearAddress().build()));
  }

  @Test
  void staffChangeTheAddressWithAReason() {
    Order order = paid();
    refused("INVALID_ARGUMENT", () -> ordersOf(BRAND).changeAddress(changing(order).build()));
    Order changed = ordersOf(BRAND).changeAddress(changing(order).setReason("会员来电").build());
    assertEquals(KEPT, changed.getAddress());
    assertTrue(last(changed).getText().endsWith("（会员来电）"), last(changed).getText());
    refused(
        "ORDER_NOT_FOUND",
        () -> ordersOf(OTHER_BRAND).changeAddress(changing(order).setReason("x").build()));
  }

  /** Whoever comes first: what left was not sent to an address that was given up before. */
  @Test
  void theAddressIsChangedWhileTheParcelLeaves() {
    for (int round = 0; round < 4; round++) {
      Order order = paid();
      CompletableFuture<Boolean> change =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  shop.orders().changeAddress(changing(order).build());
                  return true;
                } catch (io.grpc.StatusRuntimeException e) {
                  return false;
                }
              });
      ShippingAddress label = shop.ship(order).getAddress();
      assertEquals(change.join() ? KEPT : ADDRESS, label);
      assertEquals(label, shop.order(order).getAddress());
    }
  }

  @Test
  void ordersAreFoundByPhoneProductAndTime() {
    Order mine = paid();
    Order changed = paid();
    shop.orders().changeAddress(changing(changed).build());
    String member = shop.member.toString();
    ListOrdersRequest.Builder all = ListOrdersRequest.newBuilder().addMemberIds(member);
    assertEquals(List.of(mine.getOrderId()), found(all.clone().setReceiverPhone("138 1234 5678")));
    assertEquals(List.of(changed.getOrderId()), found(all.clone().setReceiverPhone("13900001111")));
    assertEquals(
        List.of(changed.getOrderId()), found(all.clone().setReceiverPhone("+86 139-0000-1111")));
    refused("INVALID_ARGUMENT", () -> found(all.clone().setReceiverPhone("1390000111")));
    assertEquals(
        List.of(mine.getOrderId()),
        found(all.clone().setProductId(mine.getLines(0).getProductId())));
    Timestamp placed = mine.getPlacedAt();
    assertEquals(
        List.of(changed.getOrderId(), mine.getOrderId()), found(all.clone().setPlacedFrom(placed)));
    assertEquals(List.of(), found(all.clone().setPlacedUntil(placed)));
    assertEquals(
        List.of(mine.getOrderId()),
        found(all.clone().setPlacedFrom(placed).setPlacedUntil(changed.getPlacedAt())));
    clock.advance(Duration.ofDays(1));
    refused(
        "INVALID_ARGUMENT", () -> found(all.clone().setPlacedFrom(placed).setPlacedUntil(placed)));
    OrdersGrpc.OrdersBlockingStub auditor =
        TestGrpc.as(TestTokens.staff(Role.AUDITOR), OrdersGrpc::newBlockingStub);
    refused(
        "ROLE_REQUIRED",
        () -> auditor.listOrders(all.clone().setReceiverPhone("13812345678").build()));
    assertEquals(
        0,
        ordersOf(OTHER_BRAND)
            .listOrders(all.clone().setReceiverPhone("13812345678").build())
            .getOrdersCount());
  }

  private static List<String> found(ListOrdersRequest.Builder request) {
    return ordersOf(BRAND).listOrders(request.build()).getOrdersList().stream()
        .map(Order::getOrderId)
        .toList();
  }

  private static TimelineEntry last(Order order) {
    return order.getTimeline(order.getTimelineCount() - 1);
  }

  private static ChangeAddressRequest.Builder changing(Order order) {
    return ChangeAddressRequest.newBuilder()
        .setRequestId(Shop.requestId())
        .setOrderId(order.getOrderId())
        .setAddress(ELSEWHERE);
  }

  private Order paid() {
    clock.advance(Duration.ofSeconds(1));
    return shop.buy(line(shop.neighbours.sku(BRAND, 12_900, 5), 1)).getOrders(0);
  }
}
