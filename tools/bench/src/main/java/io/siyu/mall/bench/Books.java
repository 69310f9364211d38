package io.siyu.mall.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * What catalog's books say of a SKU.
 *
 * @param held pieces that its level says are held
 * @param reserved pieces in its reservations' lines
 * @param moved pieces that its movements of stock have held
 * @param supplied pieces that there ever were
 * @param available pieces that are left
 */
record Books(long held, long reserved, long moved, long supplied, long available) {

  static Books of(Connection root, String skuId) throws SQLException {
    String sql =
        "SELECT s.held, (SELECT COALESCE(SUM(quantity), 0) FROM mall_catalog.reservation_line l"
            + " WHERE l.sku_id = s.sku_id), (SELECT COALESCE(SUM(quantity), 0) FROM"
            + " mall_catalog.stock_movement m WHERE m.sku_id = s.sku_id AND m.kind = 'HOLD'),"
            + " s.supplied, s.available FROM mall_catalog.stock_level s WHERE s.sku_id = ?";
    try (PreparedStatement query = root.prepareStatement(sql)) {
      query.setBytes(1, Shop.bytes(UUID.fromString(skuId)));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new Books(
            row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
      }
    }
  }

  /** How far they are from each other; 0 when all is well. */
  long difference() {
    return Math.abs(held - reserved)
        + Math.abs(held - moved)
        + Math.abs(supplied - available - held)
        + Math.max(0, -available);
  }
}
