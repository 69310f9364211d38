package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Table;
import io.siyu.mall.sandbox.taobao.OrderBatch.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The orders, and how they are asked for. */
final class TaobaoOrders {
  private static final int MOST = 100;

  private final String adzoneId;
  private final Table<TaobaoOrder> orders;
  private final Table<OrderBatch> batches;
  private volatile Duration longestWindow = Duration.ofHours(3);

  TaobaoOrders(World world) {
    adzoneId = world.credentials().taobao().adzoneId();
    orders = world.store().table("taobao-order", TaobaoOrder.class);
    batches = world.store().table("taobao-batch", OrderBatch.class);
  }

  /** As in a big promotion, windows may be shorter than the usual three hours. */
  void longestWindow(Duration window) {
    longestWindow = window;
  }

  List<TaobaoOrder> all() {
    return orders.all();
  }

  void put(TaobaoOrder order) {
    orders.put(order.tradeId(), order);
  }

  void put(OrderBatch batch) {
    batches.put(Long.toString(batch.first()), batch);
  }

  /**
   * @throws Refusal 404
   */
  TaobaoOrder byId(String tradeId) {
    TaobaoOrder order = orders.get(tradeId);
    if (order == null) {
      throw new Refusal(404, "NOT_FOUND", "no such order: " + tradeId);
    }
    return order;
  }

  /** {@code taobao.tbk.order.details.get}. */
  ObjectNode details(TopCall call) {
    Instant start = call.time("start_time");
    Instant end = call.time("end_time");
    if (end.isBefore(start) || Duration.between(start, end).compareTo(longestWindow) > 0) {
      throw TopErrors.argument(
          "查询时间跨度不能超过" + longestWindow.toMinutes() + "分钟 (start_time, end_time)");
    }
    int type = (int) call.number("query_type", 1, 1, 4);
    int size = (int) call.number("page_size", 20, 1, MOST);
    long page = call.number("page_no", 1, 1, MOST);
    int scene = (int) call.number("order_scene", 1, 1, 3);
    Position after = null;
    if (page > 1) {
      if (call.number("jump_type", 0, -1, 1) != 1) {
        throw TopErrors.argument("jump_type: 后续页需传1 (the sandbox pages forwards only)");
      }
      after = Position.parse(call.need("position_index"));
    }
    List<TaobaoOrder> found = find(type, scene, start, end, after, size + 1);
    boolean more = found.size() > size;
    List<TaobaoOrder> shown = more ? found.subList(0, size) : found;
    ObjectNode data =
        Json.object(
            "results",
            Json.object("publisher_order_dto", shown.stream().map(o -> o.json(adzoneId)).toList()),
            "has_next",
            more,
            "has_pre",
            page > 1,
            "page_no",
            page,
            "page_size",
            size);
    if (!shown.isEmpty()) {
      TaobaoOrder last = shown.get(shown.size() - 1);
      data.put("position_index", new Position(last.time(type), last.tradeId()).text());
    }
    return Json.object("data", data);
  }

  private List<TaobaoOrder> find(
      int type, int scene, Instant start, Instant end, Position after, int limit) {
    List<TaobaoOrder> found = new ArrayList<>();
    for (TaobaoOrder order : orders.all()) {
      Instant time = order.time(type);
      if (time != null
          && !time.isBefore(start)
          && !time.isAfter(end)
          && (after == null || after.isBefore(time, order.tradeId()))) {
        found.add(order);
      }
    }
    batches.all().forEach(batch -> found.addAll(batch.find(type, start, end, after, limit)));
    return found.stream()
        .filter(order -> scene == 1 || scene == 2 && order.relationId() != null)
        .sorted(
            Comparator.comparing((TaobaoOrder order) -> order.time(type))
                .thenComparing(TaobaoOrder::tradeId))
        .limit(limit)
        .toList();
  }
}
