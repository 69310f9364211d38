package io.siyu.mall.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One connection that places orders: four reads, stock in one transaction, the order in another.
 */
final class PlainBuyer implements AutoCloseable {

  private static final String OUTBOX =
      "INSERT INTO "
          + PlainOrders.SCHEMA
          + ".outbox (id, event_id, subscriber, type, aggregate_type, aggregate_id, sequence_no,"
          + " payload, occurred_at, attempts, next_attempt_at) VALUES (?, ?, 'catalog',"
          + " 'mall.order.v1.OrderPlaced', 'order', ?,"
          + " TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6)), ?, UTC_TIMESTAMP(6), 0,"
          + " UTC_TIMESTAMP(6))";

  private final Connection connection;
  private final Map<String, TemplateRow> rows;
  private final Map<String, PreparedStatement> inserts = new HashMap<>();
  private final PreparedStatement findRequest;
  private final PreparedStatement findAddress;
  private final PreparedStatement findTrades;
  private final PreparedStatement findSku;
  private final PreparedStatement findDistributor;
  private final PreparedStatement hold;
  private final PreparedStatement outbox;
  private final Shop.Shopper shopper;
  private final List<String> skus;
  private final byte[] payload = new byte[80];

  PlainBuyer(
      Connection connection, Map<String, TemplateRow> rows, Shop.Shopper shopper, List<String> skus)
      throws SQLException {
    this.connection = connection;
    this.rows = rows;
    this.shopper = shopper;
    this.skus = skus;
    connection.setAutoCommit(true);
    for (Map.Entry<String, TemplateRow> row : rows.entrySet()) {
      inserts.put(row.getKey(), row.getValue().prepare(connection));
    }
    findRequest =
        connection.prepareStatement(
            "SELECT body_hash, response FROM mall_order.stored_request"
                + " WHERE caller = ? AND method = ? AND request_id = ?");
    findAddress =
        connection.prepareStatement(
            "SELECT * FROM mall_membership.addresses WHERE member_id = ? AND id = ?");
    findTrades =
        connection.prepareStatement(
            "SELECT member_sequence, state, placed_at, expires_at, cancelled_at FROM"
                + " mall_order.trade WHERE member_id = ? ORDER BY member_sequence DESC LIMIT 40");
    findSku = connection.prepareStatement("SELECT * FROM mall_catalog.sku WHERE id = ?");
    findDistributor =
        connection.prepareStatement(
            "SELECT * FROM mall_distributor.distributors WHERE living_member = ?");
    hold =
        connection.prepareStatement(
            "UPDATE "
                + PlainOrders.SCHEMA
                + ".stock_level SET available = available - 1, held = held + 1"
                + " WHERE sku_id = ? AND available >= 1");
    outbox = connection.prepareStatement(OUTBOX);
  }

  /** Places orders until the time is over. */
  Measured placeUntil(long end) throws SQLException {
    Measured measured = new Measured();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      if (place()) {
        measured.answered(System.nanoTime() - start);
      } else {
        measured.failed("no stock");
      }
    }
    return measured;
  }

  private boolean place() throws SQLException {
    UUID order = UUID.randomUUID();
    String request = UUID.randomUUID().toString();
    byte[] sku =
        Shop.bytes(UUID.fromString(skus.get(ThreadLocalRandom.current().nextInt(skus.size()))));
    byte[] member = Shop.bytes(UUID.fromString(shopper.memberId()));
    read(findRequest, "MEMBER:" + shopper.memberId(), "order.PlaceTrade", request);
    read(findAddress, member, Shop.bytes(UUID.fromString(shopper.addressId())));
    read(findTrades, (Object) member);
    read(findSku, (Object) sku);
    read(findDistributor, (Object) member);
    connection.setAutoCommit(false);
    try {
      if (!reserve(Shop.bytes(order), sku)) {
        connection.rollback();
        return false;
      }
      connection.commit();
      write(order, member, sku, request);
      connection.commit();
      return true;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private boolean reserve(byte[] order, byte[] sku) throws SQLException {
    hold.setBytes(1, sku);
    if (hold.executeUpdate() == 0) {
      return false;
    }
    insert("reservation", Map.of("order_id", order));
    insert("reservation_line", Map.of("order_id", order, "sku_id", sku));
    insert("stock_movement", Map.of("id", id(), "order_id", order, "sku_id", sku));
    return true;
  }

  private void write(UUID order, byte[] member, byte[] sku, String request) throws SQLException {
    byte[] orderId = Shop.bytes(order);
    byte[] trade = id();
    String number = order.toString().replace("-", "").substring(0, 20);
    long sequence = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    insert("trade", Map.of("id", trade, "member_id", member, "member_sequence", sequence));
    insert(
        "orders",
        Map.of("id", orderId, "trade_id", trade, "member_id", member, "order_no", number));
    insert("order_line", Map.of("id", id(), "order_id", orderId, "sku_id", sku));
    insert("order_timeline", Map.of("id", id(), "order_id", orderId));
    outbox.setBytes(1, id());
    outbox.setBytes(2, id());
    outbox.setBytes(3, order.toString().getBytes(StandardCharsets.US_ASCII));
    outbox.setBytes(4, payload);
    outbox.executeUpdate();
    insert(
        "stored_request", Map.of("caller", "MEMBER:" + shopper.memberId(), "request_id", request));
  }

  private void insert(String table, Map<String, Object> own) throws SQLException {
    rows.get(table).insert(inserts.get(table), own);
  }

  private static void read(PreparedStatement statement, Object... params) throws SQLException {
    for (int i = 0; i < params.length; i++) {
      statement.setObject(i + 1, params[i]);
    }
    try (ResultSet row = statement.executeQuery()) {
      row.next();
    }
  }

  private static byte[] id() {
    return Shop.bytes(UUID.randomUUID());
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
