package io.siyu.mall.order.order;

import io.siyu.mall.platform.sql.SqlRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The columns that views are read from, and how. */
final class OrderRows {

  static final String ORDER =
      "SELECT o.id, o.order_no, o.trade_id, o.member_id, o.brand_id, o.brand_code, o.brand_name,"
          + " o.state, o.sealed_address, o.goods_total, o.freight, o.payable, o.refunded, o.note,"
          + " o.version, o.placed_at, o.paid_at, o.received_at, o.completed_at, o.after_sale_until"
          + " FROM orders o WHERE ";

  static final String LINES =
      "SELECT id, order_id, sku_id, product_id, title, spec_text, cover_url, quantity, unit_price,"
          + " reductions, paid, shipped_quantity, claimed_quantity, refunding_quantity,"
          + " refunded_quantity, refunded_amount, after_sale_days, attribution,"
          + " quantity - shipped_quantity - withdrawn_quantity - held_back_quantity"
          + " FROM order_line WHERE order_id IN (%s) ORDER BY order_id, position";

  static final String PARCELS =
      "SELECT p.id, p.order_id, p.carrier, p.tracking_number, p.shipped_at, l.order_line_id,"
          + " l.quantity FROM parcel p JOIN parcel_line l ON l.parcel_id = p.id"
          + " WHERE p.order_id IN (%s) ORDER BY p.order_id, p.id";

  static final String TIMELINE =
      "SELECT kind, at, by_whom, text FROM order_timeline WHERE order_id = ? ORDER BY id";

  private static final ReductionsConverter REDUCTIONS = new ReductionsConverter();

  private OrderRows() {}

  static OrderView order(SqlRow row) {
    return new OrderView(
        row.uuid(0),
        row.text(1),
        row.uuid(2),
        row.uuid(3),
        row.uuid(4),
        row.text(5),
        row.text(6),
        OrderState.valueOf(row.text(7)),
        row.text(8),
        row.fen(9),
        row.fen(10),
        row.fen(11),
        row.fen(12),
        row.text(13),
        row.number(14),
        row.instant(15),
        row.instant(16),
        row.instant(17),
        row.instant(18),
        row.instant(19),
        List.of(),
        List.of(),
        List.of());
  }

  static OrderView.LineView line(SqlRow row) {
    return new OrderView.LineView(
        row.uuid(0),
        row.uuid(1),
        row.uuid(2),
        row.uuid(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.number(7),
        row.fen(8),
        REDUCTIONS.convertToEntityAttribute(row.text(9)),
        row.fen(10),
        row.number(11),
        row.number(12),
        row.number(13),
        row.number(14),
        row.fen(15),
        (int) row.number(16),
        row.bytes(17),
        row.number(18));
  }

  /** One row per parcel and line, those of a parcel together. */
  static List<OrderView.ParcelView> parcels(List<SqlRow> rows) {
    Map<UUID, OrderView.ParcelView> parcels = new LinkedHashMap<>();
    for (SqlRow row : rows) {
      parcels
          .computeIfAbsent(
              row.uuid(0),
              id ->
                  new OrderView.ParcelView(
                      id, row.uuid(1), row.text(2), row.text(3), row.instant(4), new ArrayList<>()))
          .lines()
          .add(new OrderView.ContentView(row.uuid(5), row.number(6)));
    }
    return List.copyOf(parcels.values());
  }

  static OrderView.EntryView entry(SqlRow row) {
    return new OrderView.EntryView(row.text(0), row.instant(1), row.text(2), row.text(3));
  }
}
