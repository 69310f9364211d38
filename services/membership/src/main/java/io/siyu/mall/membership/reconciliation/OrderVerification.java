package io.siyu.mall.membership.reconciliation;

import io.siyu.mall.membership.growth.OrderGrowth;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.OrderFact;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Derives growth again from what the order service holds true, and compares. */
@ApplicationScoped
public class OrderVerification {

  /** The one check. */
  static final String ORDERS = "growth.follows-from-orders";

  private static final int MAX_FACTS = 1_000;

  private final Pool pool;

  @Inject
  OrderVerification(Pool pool) {
    this.pool = pool;
  }

  /** Compares the given orders; an event on its way shows as a difference, too. */
  public Uni<VerifyOrdersResponse> verify(VerifyOrdersRequest request) {
    List<OrderFact> facts = request.getFactsList();
    Validation.start().range("facts", facts.size(), 0, MAX_FACTS).check();
    Uni<List<Finding>> findings =
        facts.isEmpty()
            ? Uni.createFrom().item(List.of())
            : pool.withConnection(
                connection -> {
                  SqlTransaction sql = SqlTransaction.of(connection);
                  return survivors(sql, facts)
                      .flatMap(
                          survivors ->
                              stored(sql, facts).map(actual -> compare(facts, survivors, actual)));
                });
    return findings.map(
        found ->
            VerifyOrdersResponse.newBuilder()
                .addChecks(ReconcileProto.check(new CheckResult(ORDERS, facts.size(), found)))
                .build());
  }

  /** The order stays with the member who placed it; the growth is with whoever they go on as. */
  private static Uni<Map<UUID, UUID>> survivors(SqlTransaction sql, List<OrderFact> facts) {
    Object[] ids = facts.stream().map(f -> Ids.parse("member_id", f.getMemberId())).toArray();
    return sql.select(
            "SELECT id, merged_into FROM members WHERE merged_into IS NOT NULL AND id IN (?"
                + ", ?".repeat(ids.length - 1)
                + ")",
            ids)
        .map(rows -> rows.stream().collect(Collectors.toMap(r -> r.uuid(0), r -> r.uuid(1))));
  }

  private static Uni<Map<Key, Long>> stored(SqlTransaction sql, List<OrderFact> facts) {
    Object[] ids = facts.stream().map(f -> Ids.parse("order_id", f.getOrderId())).toArray();
    String select =
        "SELECT order_id, member_id, SUM(delta) FROM growth_entries WHERE order_id IN (?"
            + ", ?".repeat(ids.length - 1)
            + ") GROUP BY order_id, member_id";
    return sql.select(select, ids)
        .map(
            rows -> {
              Map<Key, Long> byKey = new HashMap<>();
              for (SqlRow row : rows) {
                byKey.put(new Key(row.uuid(0), row.uuid(1)), row.number(2));
              }
              return byKey;
            });
  }

  private static List<Finding> compare(
      List<OrderFact> facts, Map<UUID, UUID> survivors, Map<Key, Long> stored) {
    Map<Key, Long> unexplained = new HashMap<>(stored);
    List<Finding> findings = new ArrayList<>();
    for (OrderFact fact : facts) {
      UUID placedBy = Ids.parse("member_id", fact.getMemberId());
      Key key =
          new Key(
              Ids.parse("order_id", fact.getOrderId()), survivors.getOrDefault(placedBy, placedBy));
      Long found = unexplained.remove(key);
      long actual = found == null ? 0 : found;
      long expected = expected(fact);
      if (expected != actual) {
        findings.add(finding(key, expected, actual, "growth of an order in " + fact.getState()));
      }
    }
    unexplained.forEach(
        (key, actual) ->
            findings.add(finding(key, 0, actual, "growth of a member whose order it is not")));
    return findings;
  }

  private static long expected(OrderFact fact) {
    if (!fact.hasCompletedAt()) {
      return 0;
    }
    Money paid = ProtoMoney.from(fact.getFreight());
    Money refunded = Money.ZERO;
    for (LineFact line : fact.getLinesList()) {
      paid = paid.plus(ProtoMoney.from(line.getPaid()));
      refunded = refunded.plus(ProtoMoney.from(line.getRefunded()));
    }
    return OrderGrowth.worth(paid.minor(), refunded.minor());
  }

  private static Finding finding(Key key, long expected, long actual, String message) {
    return new Finding(
        "order/" + key.orderId + "/member/" + key.memberId,
        Long.toString(expected),
        Long.toString(actual),
        Math.abs(expected - actual),
        message);
  }

  private record Key(UUID orderId, UUID memberId) {}
}
