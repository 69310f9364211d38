package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
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
 * SKUs and movements there are, it is one guarded update and one insert. The levels' changes travel
 * as one JSON parameter, so that the statement is the same for every number of SKUs and stays
 * prepared. SKUs are locked in one order everywhere, so that two transactions never wait for each
 * other.
 */
@ApplicationScoped
public class StockBook {

  public static final String STOCK_TOO_LOW = "STOCK_TOO_LOW";

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

  /** Opens empty levels for new SKUs. */
  public Uni<Void> open(SqlTransaction tx, Collection<UUID> skuIds) {
    SqlValues levels =
        SqlValues.into("stock_level", "sku_id", "supplied", "available", "held", "sold");
    skuIds.forEach(sku -> levels.row(sku, 0L, 0L, 0L, 0L));
    return tx.insert(levels).replaceWithVoid();
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
    return move(tx, movements).chain(() -> append(tx, movements));
  }

  /** The half of {@link #record} that changes levels and may fail. */
  public Uni<Void> move(SqlTransaction tx, List<StockMovement> movements) {
    if (movements.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    Map<String, StockLevel> changes = new TreeMap<>();
    movements.forEach(m -> changes.merge(Ids.hex(m.skuId()), m.effect(), StockLevel::plus));
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
        .replaceWithVoid();
  }

  /** The half of {@link #record} that writes into the book. */
  public Uni<Void> append(SqlTransaction tx, List<StockMovement> movements) {
    return tx.insert(rows(movements)).replaceWithVoid();
  }

  /** Distinct ids, in the order in which everybody locks. */
  static String ids(Collection<UUID> ids) {
    return new JsonArray(ids.stream().map(Ids::hex).distinct().sorted().toList()).encode();
  }

  private static StockLevel level(SqlRow row) {
    return new StockLevel(row.number(1), row.number(2), row.number(3), row.number(4));
  }

  private static SqlValues rows(List<StockMovement> movements) {
    SqlValues rows =
        SqlValues.into(
            "stock_movement",
            "id",
            "sku_id",
            "kind",
            "quantity",
            "order_id",
            "reason",
            "moved_by",
            "moved_at");
    for (StockMovement m : movements) {
      rows.row(m.id(), m.skuId(), m.kind(), m.quantity(), m.orderId(), m.reason(), m.by(), m.at());
    }
    return rows;
  }

  private static String skuIds(List<StockMovement> movements) {
    return String.join(
        ",", movements.stream().map(m -> m.skuId().toString()).distinct().sorted().toList());
  }
}
