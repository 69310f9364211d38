package io.siyu.mall.order.order;

import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.order.fixture.Shop;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.CheckoutsGrpc;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.GetTradeRequest;
import io.siyu.mall.proto.order.v1.HasOrdersRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import io.siyu.mall.proto.order.v1.Trade;
import io.siyu.mall.proto.order.v1.TradeState;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The orders of a member who was merged stay theirs, and whoever goes on deals with them. */
@QuarkusTest
class MergedMembersTest extends OrderServiceTest {

  private final UUID survivor = UUID.randomUUID();
  private String token;
  private UUID sku;

  @BeforeEach
  void goods() {
    token = TestTokens.member(survivor, shop.member);
    sku = shop.neighbours.sku(Shop.BRAND, 10_000, 50);
  }

  @Test
  void theyAreSeenWithTheirAddressAndReceived() {
    Order order = shop.buy(line(sku, 2)).getOrders(0);
    shop.ship(order);
    GetOrderRequest get = GetOrderRequest.newBuilder().setOrderId(order.getOrderId()).build();
    Order seen = orders(token).getOrder(get);
    assertEquals(shop.member.toString(), seen.getMemberId());
    assertEquals(Shop.ADDRESS.getDetail(), seen.getAddress().getDetail());
    assertEquals(
        1, orders(token).listOrders(ListOrdersRequest.getDefaultInstance()).getOrdersCount());
    Order received =
        orders(token)
            .confirmReceipt(
                ConfirmReceiptRequest.newBuilder()
                    .setRequestId(Shop.requestId())
                    .setOrderId(order.getOrderId())
                    .build());
    assertEquals(OrderState.RECEIVED, received.getState());
    refused("ORDER_NOT_FOUND", () -> orders(TestTokens.member(survivor)).getOrder(get));
  }

  @Test
  void theyArePaidOrCancelled() {
    Trade trade = shop.place(line(sku, 1));
    PaymentIntent intent =
        TestGrpc.as(token, PaymentsGrpc::newBlockingStub)
            .startPayment(shop.starting(trade).build());
    assertFalse(intent.getPaymentId().isEmpty());
    refused(
        "TRADE_NOT_FOUND",
        () ->
            TestGrpc.as(TestTokens.member(survivor), PaymentsGrpc::newBlockingStub)
                .startPayment(shop.starting(trade).build()));
    Trade cancelled =
        TestGrpc.as(token, CheckoutsGrpc::newBlockingStub)
            .cancelTrade(
                CancelTradeRequest.newBuilder()
                    .setRequestId(Shop.requestId())
                    .setTradeId(trade.getTradeId())
                    .build());
    assertEquals(TradeState.TRADE_CANCELLED, cancelled.getState());
    assertEquals(
        cancelled.getState(),
        TestGrpc.as(token, CheckoutsGrpc::newBlockingStub)
            .getTrade(GetTradeRequest.newBuilder().setTradeId(trade.getTradeId()).build())
            .getState());
  }

  @Test
  void staffAskForSeveralMembersAndTheMembershipServiceWhetherThereIsAny() {
    shop.place(line(sku, 1));
    ListOrdersRequest.Builder one =
        ListOrdersRequest.newBuilder().addMemberIds(survivor.toString());
    String auditor = TestTokens.staff(Role.AUDITOR);
    assertEquals(0, orders(auditor).listOrders(one.build()).getOrdersCount());
    ListOrdersRequest both = one.addMemberIds(shop.member.toString()).build();
    assertEquals(1, orders(auditor).listOrders(both).getOrdersCount());
    assertTrue(has(shop.member));
    assertFalse(has(survivor));
  }

  private static boolean has(UUID member) {
    return orders(TestTokens.service("membership"))
        .hasOrders(HasOrdersRequest.newBuilder().setMemberId(member.toString()).build())
        .getHasOrders();
  }

  private static OrdersGrpc.OrdersBlockingStub orders(String as) {
    return TestGrpc.as(as, OrdersGrpc::newBlockingStub);
  }
}
