package io.siyu.mall.order.reconciliation;

import static io.siyu.mall.order.fixture.Shop.BRAND;
import static io.siyu.mall.order.fixture.Shop.OTHER_BRAND;
import static io.siyu.mall.order.fixture.Shop.await;
import static io.siyu.mall.order.fixture.Shop.finance;
import static io.siyu.mall.order.fixture.Shop.line;
import static io.siyu.mall.order.fixture.Shop.refundsOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.order.fixture.OrderServiceTest;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.order.v1.AfterSaleKind;
import io.siyu.mall.proto.order.v1.ListOrderFactsRequest;
import io.siyu.mall.proto.order.v1.ListOrderFactsResponse;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.RefundState;
import io.siyu.mall.proto.order.v1.Trade;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReconciliationTest extends OrderServiceTest {

  @Test
  void aBusyShopHasNoDifference() {
    busy();
    List<Check> checks = checks();
    assertEquals(22, checks.size());
    for (Check check : checks) {
      assertEquals(0, check.getDifferenceCount(), check.toString());
    }
    assertTrue(checks.stream().filter(c -> c.getCompared() > 0).count() >= 18);
  }

  /** Each damage, and the identity that must notice it. */
  @Test
  void everyKindOfDamageIsNoticed() {
    Trade trade = busy();
    UUID order = UUID.fromString(trade.getOrders(0).getOrderId());
    UUID line = UUID.fromString(trade.getOrders(0).getLines(0).getOrderLineId());
    UUID tradeId = UUID.fromString(trade.getTradeId());
    notices("trade.payable-is-the-sum-of-its-orders", "trade", "payable = payable + ", tradeId);
    notices("trade.paid-ones-were-paid-in-full", "trade", "payable = payable + ", tradeId);
    notices(
        "order.payable-is-the-sum-of-its-lines-and-freight",
        "orders",
        "freight = freight + ",
        order);
    notices("order.refunded-is-the-sum-of-its-lines", "orders", "refunded = refunded - ", order);
    notices("order.open-cases-are-counted", "orders", "open_cases = open_cases + ", order);
    notices(
        "line.refunded-is-the-sum-of-its-paid-refunds",
        "order_line",
        "refunded_amount = refunded_amount - ",
        line);
    notices(
        "line.refunding-is-the-sum-of-its-open-refunds",
        "order_line",
        "refunding_amount = refunding_amount + ",
        line);
    notices(
        "line.shipped-is-what-parcels-hold",
        "order_line",
        "shipped_quantity = shipped_quantity - ",
        line);
    notices(
        "line.claims-agree-with-open-cases",
        "order_line",
        "claimed_quantity = claimed_quantity + ",
        line);
    Order waiting = trade.getOrders(1);
    UUID open = UUID.fromString(shop.open(waiting, 0, 1, AfterSaleKind.REFUND_ONLY).getCaseId());
    caseDamage("line.held-back-agrees-with-open-cases", "unshipped_quantity", open);
    caseDamage("line.let-go-agrees-with-open-cases", "let_go_quantity", open);
    assertEquals(0, checks().stream().mapToLong(Check::getDifferenceCount).sum(), "all undone");
    setState("trade.paid-ones-keep-exactly-one-payment", "trade", "CANCELLED", "PAID", tradeId);
    setState("order.state-follows-its-trade", "trade", "CANCELLED", "PAID", tradeId);
    setState("order.state-agrees-with-its-lines", "orders", "PAID", "SHIPPED", order);
  }

  @Test
  void factsAreTheSameAsTheOrders() {
    Trade trade = busy();
    Map<String, OrderFact> facts = new TreeMap<>();
    await()
        .until(
            () -> {
              facts.clear();
              return !readFacts(facts);
            });
    for (Order placed : trade.getOrdersList()) {
      Order order = shop.order(placed);
      OrderFact fact = facts.get(order.getOrderId());
      assertEquals(order.getState().name(), fact.getState());
      assertEquals(order.getMemberId(), fact.getMemberId());
      assertEquals(order.getPaidAt(), fact.getPaidAt());
      assertEquals(order.getLinesCount(), fact.getLinesCount());
      assertEquals(order.getLines(0).getPaid(), fact.getLines(0).getPaid());
      assertEquals(order.getLines(0).getRefunded(), fact.getLines(0).getRefunded());
      assertEquals(3, fact.getLines(0).getAttribution().getPolicyVersion());
    }
    assertEquals(1, facts.get(trade.getOrders(0).getOrderId()).getLines(0).getRefundedQuantity());
    events.outage();
    shop.place(line(shop.neighbours.sku(BRAND, 100, 1), 1));
    assertTrue(readFacts(facts), "events are on their way");
  }

  private boolean readFacts(Map<String, OrderFact> facts) {
    boolean pending = false;
    String token = "";
    do {
      ListOrderFactsResponse page =
          finance()
              .listOrderFacts(
                  ListOrderFactsRequest.newBuilder().setPageSize(3).setPageToken(token).build());
      page.getFactsList().forEach(fact -> facts.put(fact.getOrderId(), fact));
      pending |= page.getEventsPending();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return pending;
  }

  /** Two brands paid; the first one shipped, and one unit of its first line refunded. */
  private Trade busy() {
    Trade trade =
        shop.buy(
            line(shop.neighbours.sku(BRAND, 1_000, 9), 3),
            line(shop.neighbours.sku(OTHER_BRAND, 777, 9), 2));
    List<Order> orders = new ArrayList<>(trade.getOrdersList());
    orders.sort((a, b) -> b.getBrandCode().compareTo(a.getBrandCode()));
    Trade sorted = trade.toBuilder().clearOrders().addAllOrders(orders).build();
    Order first = sorted.getOrders(0);
    shop.ship(first);
    shop.approve(shop.open(first, 0, 1, AfterSaleKind.REFUND_ONLY));
    settleRefundsUntil(
        () ->
            refundsOf(first).stream()
                .allMatch(refund -> refund.getState() == RefundState.REFUND_SUCCEEDED));
    return sorted;
  }

  private void notices(String identity, String table, String change, UUID id) {
    String undo = change.contains("+") ? change.replace("+", "-") : change.replace("-", "+");
    update("UPDATE " + table + " SET " + change + "1 WHERE id = ?", id);
    Check check = check(identity);
    update("UPDATE " + table + " SET " + undo + "1 WHERE id = ?", id);
    assertEquals(1, check.getDifferenceCount(), identity);
    assertEquals(1, check.getDifferenceAmount(), identity);
    assertTrue(id.toString().replace("-", "").equals(check.getDifferences(0).getKey()), identity);
  }

  private void caseDamage(String identity, String column, UUID id) {
    String change = "UPDATE after_sale_case SET " + column + " = " + column;
    update(change + " + 1 WHERE id = ?", id);
    Check check = check(identity);
    update(change + " - 1 WHERE id = ?", id);
    assertEquals(1, check.getDifferenceCount(), identity);
  }

  private void setState(String identity, String table, String wrong, String right, UUID id) {
    update("UPDATE " + table + " SET state = '" + wrong + "' WHERE id = ?", id);
    Check check = check(identity);
    update("UPDATE " + table + " SET state = '" + right + "' WHERE id = ?", id);
    assertTrue(check.getDifferenceCount() > 0, identity);
  }

  private void update(String sql, UUID id) {
    assertEquals(1, pool.preparedQuery(sql).executeAndAwait(SqlParams.tuple(id)).rowCount(), sql);
  }

  private Check check(String name) {
    return checks().stream().filter(c -> c.getName().equals(name)).findFirst().orElseThrow();
  }

  private static List<Check> checks() {
    return finance().reconcile(ReconcileRequest.getDefaultInstance()).getChecksList();
  }
}
