package io.siyu.mall.bench;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The floor of placing orders: the statements that reserve stock and write an order, by a plain
 * client on copies of the platform's tables.
 */
final class PlainOrders implements AutoCloseable {

  /** Made for a run, dropped after it. */
  static final String SCHEMA = "mall_bench";

  private final Connection root;
  private final List<PlainBuyer> buyers = new ArrayList<>();

  PlainOrders(int connections, List<Shop.Shopper> shoppers, List<String> skus)
      throws SQLException, IOException {
    String password = password();
    root = connect(password);
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
      statement.execute("CREATE DATABASE " + SCHEMA);
    }
    Map<String, TemplateRow> rows = new LinkedHashMap<>();
    rows.put("reservation", of("mall_catalog", "reservation", "held_at DESC"));
    rows.put("reservation_line", of("mall_catalog", "reservation_line", "order_id DESC"));
    rows.put("stock_movement", of("mall_catalog", "stock_movement", "id DESC"));
    rows.put("trade", of("mall_order", "trade", "id DESC"));
    rows.put("orders", of("mall_order", "orders", "id DESC"));
    rows.put("order_line", of("mall_order", "order_line", "id DESC"));
    rows.put("order_timeline", of("mall_order", "order_timeline", "id DESC"));
    rows.put("stored_request", of("mall_order", "stored_request", "created_at DESC"));
    try (Statement statement = root.createStatement()) {
      statement.execute("CREATE TABLE " + SCHEMA + ".outbox LIKE mall_order.outbox");
      statement.execute("CREATE TABLE " + SCHEMA + ".stock_level LIKE mall_catalog.stock_level");
      statement.execute(
          "INSERT INTO " + SCHEMA + ".stock_level SELECT * FROM mall_catalog.stock_level");
    }
    for (int i = 0; i < connections; i++) {
      buyers.add(new PlainBuyer(connect(password), rows, shoppers.get(i), skus));
    }
  }

  /** Every connection places orders, one after the other. */
  void run(Duration turn, Measured into) throws SQLException {
    long start = System.nanoTime();
    long end = start + turn.toNanos();
    AtomicReference<SQLException> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (PlainBuyer buyer : buyers) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  into.add(buyer.placeUntil(end));
                } catch (SQLException e) {
                  failure.set(e);
                }
              });
      threads.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    into.took(System.nanoTime() - start);
  }

  /** Statements that the server has executed so far, for anybody. */
  long statements() throws SQLException {
    try (Statement statement = root.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS WHERE"
                    + " VARIABLE_NAME IN ('COM_SELECT', 'COM_INSERT', 'COM_INSERT_SELECT',"
                    + " 'COM_UPDATE', 'COM_UPDATE_MULTI', 'COM_DELETE', 'COM_COMMIT',"
                    + " 'COM_BEGIN')")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    for (PlainBuyer buyer : buyers) {
      buyer.close();
    }
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
    }
    root.close();
  }

  private TemplateRow of(String schema, String table, String order) throws SQLException {
    return TemplateRow.of(root, schema, table, order);
  }

  /** A connection of the local database's root. */
  static Connection connect() throws SQLException, IOException {
    return connect(password());
  }

  private static Connection connect(String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + Options.databasePort()
            + "/?sslMode=DISABLED&allowPublicKeyRetrieval=true&useServerPrepStmts=true"
            + "&cachePrepStmts=true&useLocalSessionState=true",
        "root",
        password);
  }

  private static String password() throws IOException {
    Properties secrets = new Properties();
    try (Reader reader = Files.newBufferedReader(Options.secrets())) {
      secrets.load(reader);
    }
    return secrets.getProperty("mall.db.root.password", "");
  }
}
