package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The floor of a flash sale: connections that reserve one by one, each piece with a guarded update,
 * an insert and a commit, on copies of catalog's tables.
 */
final class PlainReservations implements AutoCloseable {

  private static final String SCHEMA = PlainOrders.SCHEMA;
  private static final long PIECES = 1_000_000_000;

  private final Connection root = PlainOrders.connect();
  private final byte[] sku = Shop.bytes(UUID.randomUUID());
  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads;

  PlainReservations(int buyers) throws SQLException, IOException {
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
      statement.execute("CREATE DATABASE " + SCHEMA);
      for (String table : List.of("stock_level", "reservation")) {
        statement.execute("CREATE TABLE " + SCHEMA + "." + table + " LIKE mall_catalog." + table);
      }
    }
    try (PreparedStatement level =
        root.prepareStatement("INSERT INTO " + SCHEMA + ".stock_level VALUES (?, ?, ?, 0, 0)")) {
      level.setBytes(1, sku);
      level.setLong(2, PIECES);
      level.setLong(3, PIECES);
      level.execute();
    }
    for (int i = 0; i < buyers; i++) {
      Connection connection = PlainOrders.connect();
      connection.setCatalog(SCHEMA);
      connection.setAutoCommit(false);
      connections.add(connection);
    }
    threads = Executors.newFixedThreadPool(buyers);
  }

  /** Every connection reserves, one piece after the other. */
  void run(Duration turn, Measured into) throws SQLException {
    long start = System.nanoTime();
    long end = start + turn.toNanos();
    List<Future<Measured>> buyers = new ArrayList<>();
    for (Connection connection : connections) {
      buyers.add(threads.submit(() -> reserveUntil(connection, end)));
    }
    try {
      for (Future<Measured> buyer : buyers) {
        into.add(buyer.get());
      }
    } catch (ExecutionException e) {
      throw new SQLException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
    into.took(System.nanoTime() - start);
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (Connection connection : connections) {
      connection.close();
    }
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
    }
    root.close();
  }

  private Measured reserveUntil(Connection connection, long end) throws SQLException {
    Measured measured = new Measured();
    String holder = "MEMBER:" + UUID.randomUUID();
    try (PreparedStatement hold =
            connection.prepareStatement(
                "UPDATE stock_level SET available = available - 1, held = held + 1"
                    + " WHERE sku_id = ? AND available >= 1");
        PreparedStatement reservation =
            connection.prepareStatement(
                "INSERT INTO reservation (order_id, state, holder, held_at, expires_at) VALUES"
                    + " (?, 'HELD', ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) + INTERVAL 15 MINUTE)")) {
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        hold.setBytes(1, sku);
        reservation.setBytes(1, Shop.bytes(OrderIds.next()));
        reservation.setString(2, holder);
        if (hold.executeUpdate() == 1 && reservation.executeUpdate() == 1) {
          connection.commit();
          measured.answered(System.nanoTime() - start);
        } else {
          connection.rollback();
          measured.failed("no stock");
        }
      }
    }
    return measured;
  }
}
