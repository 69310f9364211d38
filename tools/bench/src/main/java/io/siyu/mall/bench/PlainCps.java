package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The floor of an import: the rows that the platform wrote for a distributor, written once more by
 * a plain client into copies of the tables, so many a statement. Two transactions for so many
 * orders, as the platform has: what the sync writes, and what the ledger writes.
 */
final class PlainCps implements AutoCloseable {

  private static final String SCHEMA = PlainOrders.SCHEMA;

  /** Orders that are held in memory at once. */
  private static final int AT_A_TIME = 5_000;

  private static final String CHUNK = SCHEMA + ".chunk";
  private static final String OF_CHUNK = " IN (SELECT id FROM " + CHUNK + ")";
  private static final String ENTRIES =
      " FROM mall_distributor.ledger_entries e WHERE e.source = 'CPS' AND e.source_id" + OF_CHUNK;

  /** What the sync writes: where, and how its rows of some orders are read. */
  private static final Map<String, String> SYNC = new LinkedHashMap<>();

  /** What the ledger writes. */
  private static final Map<String, String> LEDGER = new LinkedHashMap<>();

  static {
    SYNC.put(
        "mall_cps.cps_orders",
        "SELECT * FROM mall_cps.cps_orders WHERE id" + OF_CHUNK + " ORDER BY created_at, id");
    SYNC.put(
        "mall_cps.cps_documents",
        "SELECT * FROM mall_cps.cps_documents WHERE order_id"
            + OF_CHUNK
            + " ORDER BY seen_at, order_id");
    // The outbox and the inbox keep nothing of what is done, so theirs are made from the facts.
    SYNC.put(
        "mall_cps.outbox",
        "SELECT cps_order_id AS id, cps_order_id AS event_id, 'distributor' AS subscriber,"
            + " 'mall.cps.v1.CpsOrderChanged' AS type, 'cps-order' AS aggregate_type,"
            + " LOWER(HEX(cps_order_id)) AS aggregate_id, revision AS sequence_no,"
            + " fact AS payload, UTC_TIMESTAMP(6) AS occurred_at, 0 AS attempts,"
            + " UTC_TIMESTAMP(6) AS next_attempt_at FROM mall_distributor.cps_facts"
            + " WHERE cps_order_id"
            + OF_CHUNK);
    LEDGER.put(
        "mall_distributor.inbox",
        "SELECT cps_order_id AS event_id, UTC_TIMESTAMP(6) AS received_at FROM"
            + " mall_distributor.cps_facts WHERE cps_order_id"
            + OF_CHUNK);
    LEDGER.put(
        "mall_distributor.cps_facts",
        "SELECT * FROM mall_distributor.cps_facts WHERE cps_order_id" + OF_CHUNK);
    LEDGER.put(
        "mall_distributor.commissions",
        "SELECT * FROM mall_distributor.commissions WHERE order_id" + OF_CHUNK + " ORDER BY id");
    LEDGER.put("mall_distributor.ledger_entries", "SELECT e.*" + ENTRIES + " ORDER BY e.id");
    LEDGER.put(
        "mall_distributor.postings",
        "SELECT * FROM mall_distributor.postings WHERE entry_id IN (SELECT e.id"
            + ENTRIES
            + ") ORDER BY id");
  }

  private final Connection root;
  private final byte[] distributor;

  private final Statements statements;

  PlainCps(UUID distributorId) throws SQLException, IOException {
    root = PlainOrders.connect();
    distributor = Shop.bytes(distributorId);
    statements = new Statements(root);
  }

  /** Orders the sync has brought in. */
  long orders() throws SQLException {
    return number("SELECT COUNT(*) FROM mall_cps.cps_orders WHERE distributor_id = ?");
  }

  /** Orders in the ledger. */
  long booked() throws SQLException {
    return number("SELECT COUNT(*) FROM mall_distributor.commissions WHERE distributor_id = ?");
  }

  /** Statements that the server has executed so far, for anybody. */
  long statements() throws SQLException {
    return number(
        "SELECT SUM(VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME IN"
            + " ('COM_SELECT', 'COM_INSERT', 'COM_INSERT_SELECT', 'COM_UPDATE',"
            + " 'COM_UPDATE_MULTI', 'COM_DELETE', 'COM_COMMIT', 'COM_BEGIN') AND ? IS NOT NULL");
  }

  /** Whether a sync that may have found the orders is still at it. */
  boolean isSyncing() throws SQLException {
    return number(
            "SELECT COUNT(*) FROM mall_cps.syncs WHERE ended_at IS NULL AND changed > 0"
                + " AND ? IS NOT NULL")
        > 0;
  }

  /** Writes everything once; reading it before, some of it at a time, is not part of the time. */
  void run(int rows, Measured into) throws SQLException {
    schema();
    long written = 0;
    int chunk = nextChunk();
    while (chunk > 0) {
      List<RowSet> sync = read(SYNC);
      List<RowSet> ledger = read(LEDGER);
      into.took(write(sync, ledger, chunk, rows, into));
      written += chunk;
      chunk = nextChunk();
    }
    if (written != orders()) {
      throw new SQLException(written + " of " + orders() + " orders were written");
    }
  }

  private long write(List<RowSet> sync, List<RowSet> ledger, int orders, int rows, Measured into)
      throws SQLException {
    root.setAutoCommit(false);
    long start = System.nanoTime();
    for (int from = 0; from < orders; from += rows) {
      long began = System.nanoTime();
      write(sync, from, rows, orders);
      write(ledger, from, rows, orders);
      long took = System.nanoTime() - began;
      for (int i = from; i < Math.min(orders, from + rows); i++) {
        into.answered(took);
      }
    }
    long took = System.nanoTime() - start;
    root.setAutoCommit(true);
    return took;
  }

  private void write(List<RowSet> tables, int from, int rows, int orders) throws SQLException {
    for (RowSet table : tables) {
      table.write(statements, from, rows, orders);
    }
    root.commit();
  }

  private void schema() throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
      statement.execute("CREATE DATABASE " + SCHEMA);
      for (Map<String, String> tables : List.of(SYNC, LEDGER)) {
        for (String table : tables.keySet()) {
          statement.execute("CREATE TABLE " + copy(table) + " LIKE " + table);
        }
      }
      statement.execute(
          "CREATE TABLE "
              + CHUNK
              + " (id BINARY(16) NOT NULL, created_at DATETIME(6) NOT NULL, PRIMARY KEY (id),"
              + " KEY chunk_last (created_at, id))");
    }
  }

  /** The next orders by age; none: that was all. */
  private int nextChunk() throws SQLException {
    try (Statement statement = root.createStatement();
        ResultSet last =
            statement.executeQuery(
                "SELECT created_at, id FROM "
                    + CHUNK
                    + " ORDER BY created_at DESC, id DESC LIMIT 1")) {
      boolean first = !last.next();
      String after = first ? "" : " AND (created_at > ? OR created_at = ? AND id > ?)";
      try (PreparedStatement next =
          root.prepareStatement(
              "INSERT INTO "
                  + CHUNK
                  + " SELECT id, created_at FROM mall_cps.cps_orders WHERE distributor_id = ?"
                  + after
                  + " ORDER BY created_at, id LIMIT "
                  + AT_A_TIME)) {
        next.setBytes(1, distributor);
        if (!first) {
          next.setObject(2, last.getObject(1));
          next.setObject(3, last.getObject(1));
          next.setBytes(4, last.getBytes(2));
        }
        statement.executeUpdate("DELETE FROM " + CHUNK);
        return next.executeUpdate();
      }
    }
  }

  private List<RowSet> read(Map<String, String> tables) throws SQLException {
    List<RowSet> sets = new ArrayList<>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      try (Statement statement = root.createStatement();
          ResultSet found = statement.executeQuery(table.getValue())) {
        sets.add(RowSet.of(copy(table.getKey()), found));
      }
    }
    return sets;
  }

  private static String copy(String table) {
    return SCHEMA + table.substring(table.indexOf('.'));
  }

  private long number(String sql) throws SQLException {
    try (PreparedStatement statement = root.prepareStatement(sql)) {
      statement.setBytes(1, distributor);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    root.setAutoCommit(true);
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
    }
    root.close();
  }
}
