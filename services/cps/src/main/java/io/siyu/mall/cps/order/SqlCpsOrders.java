package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Outside orders in the database: plain SQL, statements of many rows. */
@ApplicationScoped
public class SqlCpsOrders implements CpsOrders {

  static final String COLUMNS =
      "id, platform, order_no, sub_order_no, state, title, item_id, quantity, paid_fen,"
          + " estimated_fen, settled_fen, clawed_back_fen, sub_affiliate_id, created_at, paid_at,"
          + " received_at, settled_at, modified_at, document_hash, payable_from, payable,"
          + " credit_reason, distributor_id, upline_id, policy_version, direct_basis_points,"
          + " upline_basis_points, revision, policy_step, ladder_fen, fee_fen, decided_at";

  private static final String UPDATES =
      Arrays.stream(COLUMNS.split(",\\s*"))
          .skip(4)
          .map(column -> column + " = VALUES(" + column + ")")
          .collect(Collectors.joining(", "));

  @Override
  public Uni<Map<UUID, CpsOrder>> lock(SqlTransaction tx, Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    Collection<UUID> sorted = new TreeSet<>(ids);
    return tx.select(
            "SELECT "
                + COLUMNS
                + " FROM cps_orders WHERE id IN ("
                + Marks.list(sorted.size())
                + ") ORDER BY id FOR UPDATE",
            sorted.toArray())
        .map(SqlCpsOrders::orders);
  }

  @Override
  public Uni<Map<UUID, CpsOrder>> lockNumber(SqlTransaction tx, Platform platform, String orderNo) {
    return tx.select(
            "SELECT "
                + COLUMNS
                + " FROM cps_orders FORCE INDEX (cps_orders_once)"
                + " WHERE platform = ? AND order_no = ? ORDER BY id FOR UPDATE",
            platform,
            orderNo)
        .map(SqlCpsOrders::orders);
  }

  @Override
  public Uni<List<UUID>> due(SqlTransaction tx, Instant now, int limit) {
    return tx.select(
            "SELECT id FROM cps_orders WHERE payable = 0 AND payable_from <= ?"
                + " ORDER BY payable_from LIMIT "
                + limit,
            now)
        .map(SqlCpsOrders::ids);
  }

  @Override
  public Uni<Map<UUID, StoredOrder>> known(SqlReader from, Collection<UUID> ids) {
    return from.select(
            "SELECT id, document_hash, sub_affiliate_id, decided_at IS NOT NULL, created_at"
                + " FROM cps_orders"
                + " WHERE id IN ("
                + Marks.list(ids.size())
                + ")",
            ids.toArray())
        .map(
            rows -> {
              Map<UUID, StoredOrder> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found.put(
                          row.uuid(0),
                          new StoredOrder(
                              HexFormat.of().formatHex(row.bytes(1)),
                              row.text(2),
                              row.number(3) != 0,
                              row.instant(4))));
              return found;
            });
  }

  @Override
  public Uni<Void> add(SqlTransaction tx, Collection<CpsOrder> orders) {
    return insert(tx, orders, SqlValues.into("cps_orders", COLUMNS.split(",\\s*")));
  }

  @Override
  public Uni<Void> save(SqlTransaction tx, Collection<CpsOrder> orders) {
    return insert(
        tx, orders, SqlValues.into("cps_orders", COLUMNS.split(",\\s*")).orUpdate(UPDATES));
  }

  private static Uni<Void> insert(SqlTransaction tx, Collection<CpsOrder> orders, SqlValues rows) {
    if (orders.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    orders.stream()
        .sorted(Comparator.comparing(CpsOrder::id))
        .forEach(order -> rows.row(values(order)));
    return tx.insert(rows).replaceWithVoid();
  }

  @Override
  public Uni<Void> keep(SqlTransaction tx, Collection<OrderDocument> documents, Instant seenAt) {
    if (documents.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    SqlValues rows =
        SqlValues.intoUnlessThere("cps_documents", "order_id", "hash", "document", "seen_at");
    documents.forEach(
        document ->
            rows.row(
                document.key().id(),
                HexFormat.of().parseHex(document.hash()),
                document.raw(),
                seenAt));
    return tx.insert(rows).replaceWithVoid();
  }

  @Override
  public Uni<Map<UUID, Money>> clawedBack(SqlReader from, Collection<UUID> ids) {
    Map<UUID, Money> sums = new HashMap<>();
    if (ids.isEmpty()) {
      return Uni.createFrom().item(sums);
    }
    return from.select(
            "SELECT order_id, CAST(SUM(amount_fen) AS SIGNED) FROM clawbacks"
                + " WHERE state = 'EFFECTIVE' AND order_id IN ("
                + Marks.list(ids.size())
                + ") GROUP BY order_id",
            ids.toArray())
        .map(
            rows -> {
              rows.forEach(row -> sums.put(row.uuid(0), row.fen(1)));
              return sums;
            });
  }

  private static Map<UUID, CpsOrder> orders(List<SqlRow> rows) {
    Map<UUID, CpsOrder> found = new LinkedHashMap<>();
    rows.forEach(row -> found.put(row.uuid(0), order(row)));
    return found;
  }

  private static List<UUID> ids(List<SqlRow> rows) {
    return rows.stream().map(row -> row.uuid(0)).toList();
  }

  private static Object[] values(CpsOrder order) {
    Credit credit = order.credit();
    Times times = order.times();
    return new Object[] {
      order.id(),
      order.key().platform(),
      order.key().orderNo(),
      order.key().subOrderNo(),
      order.state(),
      order.goods().title(),
      order.goods().itemId(),
      order.goods().quantity(),
      order.figures().paid(),
      order.figures().estimated(),
      order.figures().settled(),
      order.figures().clawedBack(),
      order.subAffiliateId(),
      times.createdAt(),
      times.paidAt(),
      times.receivedAt(),
      times.settledAt(),
      times.modifiedAt(),
      HexFormat.of().parseHex(order.documentHash()),
      times.payableFrom(),
      order.payable() ? 1 : 0,
      credit == null ? null : credit.reason(),
      credit == null ? null : credit.distributorId(),
      credit == null ? null : credit.uplineId(),
      credit == null ? null : credit.policyVersion(),
      credit == null ? null : credit.directBasisPoints(),
      credit == null ? null : credit.uplineBasisPoints(),
      order.revision(),
      credit == null ? null : credit.policyStep(),
      credit == null ? null : credit.settledBefore(),
      order.figures().fee(),
      order.decidedAt()
    };
  }

  /** An order from {@link #COLUMNS}. */
  static CpsOrder order(SqlRow row) {
    Credit credit =
        row.isNull(22)
            ? null
            : new Credit(
                Credit.Reason.valueOf(row.text(21)),
                row.uuid(22),
                row.uuid(23),
                row.text(12),
                row.number(24),
                row.isNull(28) ? 0 : (int) row.number(28),
                row.fen(29),
                (int) row.number(25),
                (int) row.number(26));
    return new CpsOrder(
        new CpsOrderKey(Platform.valueOf(row.text(1)), row.text(2), row.text(3), row.uuid(0)),
        CpsOrderState.valueOf(row.text(4)),
        new Goods(row.text(5), row.text(6), row.number(7)),
        new Figures(row.fen(8), row.fen(9), row.fen(10), row.fen(30), row.fen(11)),
        new Times(
            row.instant(13),
            row.instant(14),
            row.instant(15),
            row.instant(16),
            row.instant(17),
            row.instant(19)),
        row.text(12),
        credit,
        row.instant(31),
        row.number(20) != 0,
        HexFormat.of().formatHex(row.bytes(18)),
        row.number(27));
  }
}
