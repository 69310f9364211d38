package io.siyu.mall.sandbox.taobao;

import static io.siyu.mall.sandbox.control.ControlApi.read;
import static io.siyu.mall.sandbox.control.ControlApi.route;

import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.taobao.TaobaoOrder.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What buyers and Taobao itself do, on demand. */
final class TaobaoControl {
  private static final long FIRST_TRADE = 4_000_000_000_000_000_000L;
  private static final int MOST_ORDERS = 20_000_000;

  private final World world;
  private final TaobaoOrders orders;
  private final Disputes disputes;
  private final Relations relations;
  private volatile long callsPerSecond = 100;

  TaobaoControl(World world, TaobaoOrders orders, Disputes disputes, Relations relations) {
    this.world = world;
    this.orders = orders;
    this.disputes = disputes;
    this.relations = relations;
  }

  long callsPerSecond() {
    return callsPerSecond;
  }

  List<Route> routes() {
    String base = "/sandbox/taobao";
    return List.of(
        route("GET", base + "/relations", r -> Answer.ok(relations.all())),
        route("GET", base + "/orders", r -> Answer.ok(orders.all())),
        route("POST", base + "/orders", r -> Answer.ok(order(read(r, OrderWanted.class)))),
        route(
            "POST",
            base + "/orders/{id}/advance",
            r -> Answer.ok(advance(r.variable("id"), read(r, OrderWanted.class)))),
        route(
            "POST",
            base + "/orders/{id}/clawbacks",
            r -> Answer.ok(clawback(r.variable("id"), read(r, ClawbackWanted.class)))),
        route("POST", base + "/batches", r -> Answer.ok(batch(read(r, BatchWanted.class)))),
        route("POST", base + "/settings", r -> settings(read(r, Settings.class))));
  }

  private record OrderWanted(
      String tradeId,
      String parentId,
      String relationId,
      Status status,
      String title,
      String itemId,
      Integer quantity,
      Long paidFen,
      Long commissionFen,
      Long serviceFeeFen,
      Instant at) {}

  private record ClawbackWanted(
      String suitId,
      Integer status,
      Long feeFen,
      Long subsidyFen,
      Long serviceFeeFen,
      Long agentFeeFen,
      Long returnedFen,
      Instant at) {}

  private record BatchWanted(int count, Instant from, Instant to, List<String> relationIds) {}

  private record Settings(Long callsPerSecond, Integer windowMinutes, Boolean refundsWrapped) {}

  private synchronized TaobaoOrder order(OrderWanted wanted) {
    Instant at = at(wanted.at());
    String id =
        wanted.tradeId() == null
            ? Long.toString(FIRST_TRADE + orders.all().size())
            : wanted.tradeId();
    if (!id.matches("\\d{1,19}")) {
      throw new Refusal(400, "INVALID", "a trade number has digits only");
    }
    Status status = wanted.status() == null ? Status.PAID : wanted.status();
    TaobaoOrder order =
        new TaobaoOrder(
            id,
            or(wanted.parentId(), id),
            wanted.relationId(),
            status,
            or(wanted.title(), "纯棉婴儿连体衣"),
            or(wanted.itemId(), "655123456789"),
            wanted.quantity() == null ? 1 : wanted.quantity(),
            or(wanted.paidFen(), 9_900),
            or(wanted.commissionFen(), 990),
            or(wanted.serviceFeeFen(), 0),
            at,
            status == Status.SETTLED ? at : null,
            at);
    orders.put(order);
    return order;
  }

  private synchronized TaobaoOrder advance(String id, OrderWanted wanted) {
    if (wanted.status() == null) {
      throw new Refusal(400, "INVALID", "status must be PAID, RECEIVED, SETTLED or INVALID");
    }
    TaobaoOrder next = orders.byId(id).at(wanted.status(), at(wanted.at()), wanted.commissionFen());
    orders.put(next);
    return next;
  }

  /** A dispute is raised, or one that is known changes its state. */
  private synchronized Dispute clawback(String id, ClawbackWanted wanted) {
    TaobaoOrder order = orders.byId(id);
    Instant at = at(wanted.at());
    int status = wanted.status() == null ? 2 : wanted.status();
    if (!Dispute.STATES.contains(status)) {
      throw new Refusal(400, "INVALID", "status must be one of " + Dispute.STATES);
    }
    String suitId = or(wanted.suitId(), "R" + id + at.getEpochSecond());
    Dispute known = disputes.byId(suitId);
    Dispute.Returned before =
        known == null
            ? new Dispute.Returned(
                order.paidFen(), order.commission() - order.serviceFee(), 0, order.serviceFee(), 0)
            : known.returned();
    Dispute.Returned returned =
        new Dispute.Returned(
            or(wanted.returnedFen(), before.paid()),
            or(wanted.feeFen(), before.commission()),
            or(wanted.subsidyFen(), before.subsidy()),
            or(wanted.serviceFeeFen(), before.serviceFee()),
            or(wanted.agentFeeFen(), before.agentFee()));
    Dispute now =
        known == null
            ? new Dispute(suitId, order, status, returned, at, Dispute.decidedAt(status, at), at)
            : known.at(status, returned, at);
    disputes.put(now);
    return now;
  }

  private OrderBatch batch(BatchWanted wanted) {
    boolean right =
        wanted.count() > 0
            && wanted.count() <= MOST_ORDERS
            && wanted.from() != null
            && wanted.to() != null
            && wanted.from().isBefore(wanted.to())
            && wanted.relationIds() != null
            && !wanted.relationIds().isEmpty();
    if (!right) {
      throw new Refusal(400, "INVALID", "count, from, to and relationIds are needed");
    }
    OrderBatch batch =
        new OrderBatch(
            wanted.from().getEpochSecond() * 1_000_000_000L,
            wanted.count(),
            wanted.from(),
            wanted.to(),
            wanted.relationIds());
    orders.put(batch);
    return batch;
  }

  private Answer settings(Settings wanted) {
    if (wanted.callsPerSecond() != null) {
      callsPerSecond = wanted.callsPerSecond();
    }
    if (wanted.windowMinutes() != null) {
      orders.longestWindow(Duration.ofMinutes(wanted.windowMinutes()));
      disputes.longestWindow(Duration.ofMinutes(wanted.windowMinutes()));
    }
    if (wanted.refundsWrapped() != null) {
      disputes.wrapped(wanted.refundsWrapped());
    }
    return Answer.ok(Json.object("callsPerSecond", callsPerSecond));
  }

  private Instant at(Instant wanted) {
    return (wanted == null ? world.clock().instant() : wanted).truncatedTo(ChronoUnit.SECONDS);
  }

  private static String or(String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static long or(Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
