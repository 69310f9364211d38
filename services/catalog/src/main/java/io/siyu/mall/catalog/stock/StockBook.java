package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Writes movements of stock and the levels they lead to, in whoever's transaction. However many
 * SKUs and movements there are, it is one guarded update and one insert: rows travel as one JSON
 * parameter, so that the statements are the same for every number of rows and stay prepared. SKUs
 * are locked in one order everywhere, so that two transactions never wait for each other.
 */
@ApplicationScoped
public class StockBook {

  public static final String STOCK_TOO_LOW = "STOCK_TOO_LOW";

  private static final String OPEN =
      "INSERT INTO stock_level (sku_id, supplied, available, held, sold)"
          + " SELECT UNHEX(m.sku), 0, 0, 0, 0"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (sku CHAR(32) PATH '$')) m";

  private static final String LOCK =
      "SELECT s.sku_id, s.supplied, s.available, s.held, s.sold"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (sku CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN stock_level s FORCE INDEX (PRIMARY) ON s.sku_id = UNHEX(m.sku)"
          + " FOR UPDATE";

  private static final String MOVE =
      "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (sku CHAR(32) PATH '$[0]', supplied BIGINT PATH '$[1]',"
          + " available BIGINT PATH '$[2]', held BIGINT PATH '$[3]', sold BIGINT PATH '$[4]')) m"
          + " STRAIGHT_JOIN stock_level s FORCE INDEX (PRIMARY) ON s.sku_id = UNHEX(m.sku)"
          + " SET s.supplied = s.supplied + m.supplied, s.available = s.available + m.available,"
          + " s.held = s.held + m.held, s.sold = s.sold + m.sold"
          + " WHERE s.available + m.available >= 0 AND s.held + m.held >= 0"
          + " AND s.sold + m.sold >= 0";

  private static final String RECORD =
      "INSERT INTO stock_movement"
          + " (id, sku_id, kind, quantity, order_id, reason, moved_by, moved_at)"
          + " SELECT UNHEX(m.id), UNHEX(m.sku), m.kind, m.quantity, UNHEX(m.order_id), m.reason,"
          + " m.moved_by, m.moved_at FROM JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(32) PATH '$[0]',"
          + " sku CHAR(32) PATH '$[1]', kind VARCHAR(16) PATH '$[2]', quantity BIGINT PATH '$[3]',"
          + " order_id CHAR(32) PATH '$[4]', reason VARCHAR(200) PATH '$[5]',"
          + " moved_by VARCHAR(80) PATH '$[6]', moved_at DATETIME(6) PATH '$[7]')) m";

  /** Opens empty levels for new SKUs. */
  public Uni<Void> open(SqlTransaction tx, Collection<UUID> skuIds) {
    return skuIds.isEmpty()
        ? Uni.createFrom().voidItem()
        : tx.execute(OPEN, ids(skuIds)).replaceWithVoid();
  }

  /** Locks the levels of the SKUs and reads them; a SKU that has none is missing in the answer. */
  public Uni<Map<UUID, StockLevel>> lock(SqlTransaction tx, Collection<UUID> skuIds) {
    return tx.select(LOCK, ids(skuIds))
        .map(
            rows -> {
              Map<UUID, StockLevel> levels = new HashMap<>();
              rows.forEach(row -> levels.put(row.uuid(0), level(row)));
              return levels;
            });
  }

  /**
   * Applies the movements.
   *
   * @return a failure FAILED_PRECONDITION STOCK_TOO_LOW, with nothing to be committed, when a SKU
   *     is unknown or a number would fall below zero
   */
  public Uni<Void> record(SqlTransaction tx, List<StockMovement> movements) {
    if (movements.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Map<String, StockLevel> changes = new TreeMap<>();
    movements.forEach(m -> changes.merge(hex(m.skuId()), m.effect(), StockLevel::plus));
    changes.values().removeIf(StockLevel.NONE::equals);
    JsonArray levels = new JsonArray();
    changes.forEach(
        (sku, change) ->
            levels.add(
                new JsonArray()
                    .add(sku)
                    .add(change.supplied())
                    .add(change.available())
                    .add(change.held())
                    .add(change.sold())));
    return tx.execute(MOVE, levels.encode())
        .invoke(
            moved -> {
              if (moved != changes.size()) {
                throw DomainException.precondition(
                        STOCK_TOO_LOW, "there are not enough pieces for this")
                    .with("sku_ids", skuIds(movements));
              }
            })
        .chain(() -> tx.execute(RECORD, rows(movements)))
        .replaceWithVoid();
  }

  /** An id as the statements want it. */
  static String hex(UUID id) {
    return String.format("%016x%016x", id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  /** Distinct ids, in the order in which everybody locks. */
  static String ids(Collection<UUID> ids) {
    return new JsonArray(ids.stream().map(StockBook::hex).distinct().sorted().toList()).encode();
  }

  private static StockLevel level(SqlRow row) {
    return new StockLevel(row.number(1), row.number(2), row.number(3), row.number(4));
  }

  private static String rows(List<StockMovement> movements) {
    JsonArray rows = new JsonArray();
    for (StockMovement m : movements) {
      rows.add(
          new JsonArray()
              .add(hex(m.id()))
              .add(hex(m.skuId()))
              .add(m.kind().name())
              .add(m.quantity())
              .add(m.orderId() == null ? null : hex(m.orderId()))
              .add(m.reason())
              .add(m.by())
              .add(SqlParams.utc(m.at()).toString()));
    }
    return rows.encode();
  }

  private static String skuIds(List<StockMovement> movements) {
    return String.join(
        ",", movements.stream().map(m -> m.skuId().toString()).distinct().sorted().toList());
  }
}
