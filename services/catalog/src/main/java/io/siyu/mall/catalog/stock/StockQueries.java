package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads of stock. */
@ApplicationScoped
public class StockQueries {

  private static final String LEVEL =
      "SELECT b.code, l.supplied, l.available, l.held, l.sold FROM sku s"
          + " JOIN brand b ON b.id = s.brand_id"
          + " JOIN stock_level l ON l.sku_id = s.id WHERE s.id = ?";

  private static final String MOVEMENTS =
      "SELECT id, sku_id, kind, quantity, order_id, reason, moved_by, moved_at"
          + " FROM stock_movement WHERE sku_id = ?";

  private final SqlReader reader;
  private final SqlReservations reservations;

  StockQueries(Pool pool, SqlReservations reservations) {
    this.reader = SqlReader.of(pool);
    this.reservations = reservations;
  }

  /** The level of a SKU, and the brand whose staff may see it. */
  public record BrandLevel(String brandCode, StockLevel level) {}

  /** A page of movements, newest first. */
  public record MovementPage(List<StockMovement> movements, String nextPageToken) {}

  /**
   * The level of a SKU.
   *
   * @return a failure NOT_FOUND SKU_UNKNOWN when there is no such SKU
   */
  public Uni<BrandLevel> level(UUID skuId) {
    return reader
        .select(LEVEL, skuId)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(ReservationGroup.SKU_UNKNOWN, "no such SKU");
              }
              SqlRow row = rows.get(0);
              return new BrandLevel(
                  row.text(0),
                  new StockLevel(row.number(1), row.number(2), row.number(3), row.number(4)));
            });
  }

  /** The book of a SKU, newest first. */
  public Uni<MovementPage> movements(UUID skuId, int size, String pageToken) {
    List<Object> params = new ArrayList<>(List.of(skuId));
    PageTokens.PageKey after = PageTokens.decode(pageToken, 1);
    if (after != null) {
      params.add(after.uuid(0));
    }
    params.add(size + 1);
    String sql = MOVEMENTS + (after == null ? "" : " AND id < ?") + " ORDER BY id DESC LIMIT ?";
    return reader
        .select(sql, params.toArray())
        .map(
            rows -> {
              List<StockMovement> page =
                  rows.stream().limit(size).map(StockQueries::movement).toList();
              String next =
                  rows.size() > size ? PageTokens.encode(page.get(page.size() - 1).id()) : "";
              return new MovementPage(page, next);
            });
  }

  /** The reservations of the orders that have one. */
  public Uni<Map<UUID, Reservation>> reservations(Collection<UUID> orderIds) {
    return reservations.find(reader, orderIds);
  }

  private static StockMovement movement(SqlRow row) {
    return new StockMovement(
        row.uuid(0),
        row.uuid(1),
        MovementKind.valueOf(row.text(2)),
        row.number(3),
        row.uuid(4),
        row.text(5),
        row.text(6),
        row.instant(7));
  }
}
