package io.siyu.mall.catalog.stock;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks every identity of stock over all data: one statement per identity, all of them in one
 * snapshot, so that nothing that happens meanwhile looks like a difference.
 */
@ApplicationScoped
public class StockReconciliation {

  private static final String MOVED =
      " LEFT JOIN (SELECT sku_id, SUM(CASE kind %s ELSE 0 END) AS n FROM stock_movement"
          + " GROUP BY sku_id) m ON m.sku_id = l.sku_id";
  private static final String RESERVED =
      " LEFT JOIN (SELECT x.sku_id, SUM(%s) AS n FROM reservation_line x"
          + " JOIN reservation r ON r.order_id = x.order_id WHERE r.state = '%s'"
          + " GROUP BY x.sku_id) m ON m.sku_id = l.sku_id";

  private static final List<Identity> IDENTITIES =
      List.of(
          level(
              "stock.available-held-and-sold-are-supplied",
              "l.supplied",
              "l.available + l.held + l.sold",
              ""),
          level(
              "stock.nothing-is-below-zero",
              "0",
              "LEAST(l.supplied, l.available, l.held, l.sold, 0)",
              ""),
          level(
              "stock.held-is-in-held-reservations",
              "COALESCE(m.n, 0)",
              "l.held",
              RESERVED.formatted("x.quantity", "HELD")),
          level(
              "stock.sold-is-in-committed-reservations",
              "COALESCE(m.n, 0)",
              "l.sold",
              RESERVED.formatted("x.quantity - x.restocked", "COMMITTED")),
          level(
              "stock.supplied-is-in-the-book",
              "COALESCE(m.n, 0)",
              "l.supplied",
              MOVED.formatted("WHEN 'SUPPLY' THEN quantity")),
          level(
              "stock.available-is-in-the-book",
              "COALESCE(m.n, 0)",
              "l.available",
              MOVED.formatted(
                  "WHEN 'SUPPLY' THEN quantity WHEN 'HOLD' THEN -quantity"
                      + " WHEN 'RELEASE' THEN quantity WHEN 'EXPIRE' THEN quantity"
                      + " WHEN 'RESTOCK' THEN quantity")),
          new Identity(
              "stock.every-sku-has-a-level",
              "SELECT COUNT(*) FROM sku",
              "SELECT HEX(s.id) AS k, 1 AS e, (SELECT COUNT(*) FROM stock_level l"
                  + " WHERE l.sku_id = s.id) AS a FROM sku s"),
          new Identity(
              "stock.every-reservation-has-lines",
              "SELECT COUNT(*) FROM reservation",
              "SELECT HEX(r.order_id) AS k, 1 AS e, (SELECT COUNT(*) > 0 FROM reservation_line x"
                  + " WHERE x.order_id = r.order_id) AS a FROM reservation r"),
          new Identity(
              "catalog.price-is-the-newest-in-its-history",
              "SELECT COUNT(*) FROM sku",
              "SELECT HEX(s.id) AS k, COALESCE((SELECT c.price FROM price_change c"
                  + " WHERE c.sku_id = s.id ORDER BY c.id DESC LIMIT 1), 0) AS e, s.price AS a"
                  + " FROM sku s"));

  private final Pool pool;

  StockReconciliation(Pool pool) {
    this.pool = pool;
  }

  /** Checks everything. */
  public Uni<List<Finding>> run() {
    return pool.withTransaction(
        connection -> {
          List<Finding> findings = new ArrayList<>();
          Uni<Void> chain = Uni.createFrom().voidItem();
          for (Identity identity : IDENTITIES) {
            chain =
                chain
                    .chain(() -> check(connection, identity))
                    .invoke(findings::add)
                    .replaceWithVoid();
          }
          return chain.replaceWith(findings);
        });
  }

  /**
   * Not prepared on purpose: MariaDB keeps parts of the plan with a prepared statement, and one
   * made while the tables were small took a hundred times as long.
   */
  private static Uni<Finding> check(SqlConnection connection, Identity identity) {
    return connection
        .query(identity.countSql)
        .execute()
        .map(count -> number(count.iterator().next(), 0))
        .chain(
            compared ->
                connection
                    .query(
                        "SELECT d.k, d.e, d.a, COUNT(*) OVER (), SUM(ABS(d.e - d.a)) OVER ()"
                            + " FROM ("
                            + identity.rowsSql
                            + ") d WHERE d.e <> d.a LIMIT "
                            + Finding.MAX_LISTED)
                    .execute()
                    .map(rows -> finding(identity.name, compared, rows)));
  }

  private static Finding finding(String name, long compared, RowSet<Row> rows) {
    List<Finding.Difference> differences = new ArrayList<>();
    long count = 0;
    long amount = 0;
    for (Row row : rows) {
      count = number(row, 3);
      amount = number(row, 4);
      differences.add(
          new Finding.Difference(
              row.getString(0),
              Long.toString(number(row, 1)),
              Long.toString(number(row, 2)),
              name));
    }
    return new Finding(name, compared, differences, count, amount);
  }

  private static long number(Row row, int column) {
    return ((Number) row.getValue(column)).longValue();
  }

  private static Identity level(String name, String expected, String actual, String join) {
    return new Identity(
        name,
        "SELECT COUNT(*) FROM stock_level",
        "SELECT HEX(l.sku_id) AS k, "
            + expected
            + " AS e, "
            + actual
            + " AS a FROM stock_level l"
            + join);
  }

  /**
   * @param rowsSql rows of key, expected and actual
   */
  private record Identity(String name, String countSql, String rowsSql) {}
}
