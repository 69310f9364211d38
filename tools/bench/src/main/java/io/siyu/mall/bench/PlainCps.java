package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The floor of an import: the rows that the platform wrote for a distributor, written once more by
 * a plain client into copies of the tables, so many a statement. Two transactions for so many
 * orders, as the platform has: what the sync writes, and what the ledger writes.
 */
final class PlainCps implements AutoCloseable {

  private static final String SCHEMA = PlainOrders.SCHEMA;
  private static final String MINE = "SELECT id FROM mall_cps.cps_orders WHERE distributor_id = ?";
  private static final String FACTS = "mall_distributor.cps_facts f WHERE f.cps_order_id IN (";

  /** The outbox and the inbox keep nothing of what is done, so theirs are made from the facts. */
  private static final String OUTBOX =
      "SELECT cps_order_id AS id, cps_order_id AS event_id, 'distributor' AS subscriber,"
          + " 'mall.cps.v1.CpsOrderChanged' AS type, 'cps_order' AS aggregate_type,"
          + " LOWER(HEX(cps_order_id)) AS aggregate_id, revision AS sequence_no,"
          + " fact AS payload, UTC_TIMESTAMP(6) AS occurred_at, 0 AS attempts,"
          + " UTC_TIMESTAMP(6) AS next_attempt_at FROM ";

  private final Connection root;
  private final byte[] distributor;
  private final List<RowSet> sync = new ArrayList<>();
  private final List<RowSet> ledger = new ArrayList<>();

  PlainCps(UUID distributorId) throws SQLException, IOException {
    root = PlainOrders.connect();
    distributor = Shop.bytes(distributorId);
  }

  /** Orders the sync has brought in. */
  long orders() throws SQLException {
    return number("SELECT COUNT(*) FROM mall_cps.cps_orders WHERE distributor_id = ?");
  }

  /** Orders in the ledger. */
  long booked() throws SQLException {
    return number("SELECT COUNT(*) FROM mall_distributor.commissions WHERE distributor_id = ?");
  }

  /** Whether a sync that may have found the orders is still at it. */
  boolean isSyncing() throws SQLException {
    return number(
            "SELECT COUNT(*) FROM mall_cps.syncs WHERE ended_at IS NULL AND changed > 0"
                + " AND ? IS NOT NULL")
        > 0;
  }

  /** Writes everything once; reading it before is not part of the time. */
  void run(int rows, Measured into) throws SQLException {
    copy();
    long orders = orders();
    root.setAutoCommit(false);
    long start = System.nanoTime();
    for (int from = 0; from < orders; from += rows) {
      long began = System.nanoTime();
      write(sync, from, rows, orders);
      write(ledger, from, rows, orders);
      long took = System.nanoTime() - began;
      for (long i = from; i < Math.min(orders, from + rows); i++) {
        into.answered(took);
      }
    }
    into.took(System.nanoTime() - start);
    root.setAutoCommit(true);
  }

  private void write(List<RowSet> tables, int from, int rows, long orders) throws SQLException {
    for (RowSet table : tables) {
      table.write(root, from, rows, orders);
    }
    root.commit();
  }

  private void copy() throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + SCHEMA);
      statement.execute("CREATE DATABASE " + SCHEMA);
    }
    String mine = MINE + ") ORDER BY ";
    sync.add(
        read(
            "mall_cps",
            "cps_orders",
            "SELECT * FROM mall_cps.cps_orders WHERE id IN (" + mine + "created_at, id"));
    sync.add(
        read(
            "mall_cps",
            "cps_documents",
            "SELECT * FROM mall_cps.cps_documents WHERE order_id IN ("
                + mine
                + "seen_at, order_id"));
    sync.add(read("mall_cps", "outbox", OUTBOX + FACTS + MINE + ")"));
    ledger.add(
        read(
            "mall_distributor",
            "inbox",
            "SELECT cps_order_id AS event_id, UTC_TIMESTAMP(6) AS received_at FROM "
                + FACTS
                + MINE
                + ")"));
    ledger.add(read("mall_distributor", "cps_facts", "SELECT * FROM " + FACTS + MINE + ")"));
    String entries =
        "SELECT %s FROM mall_distributor.ledger_entries e WHERE e.source = 'CPS'"
            + " AND e.source_id IN ("
            + MINE
            + ")";
    ledger.add(
        read(
            "mall_distributor",
            "commissions",
            "SELECT * FROM mall_distributor.commissions WHERE distributor_id = ? ORDER BY id"));
    ledger.add(
        read("mall_distributor", "ledger_entries", String.format(entries, "*") + " ORDER BY id"));
    ledger.add(
        read(
            "mall_distributor",
            "postings",
            "SELECT * FROM mall_distributor.postings WHERE entry_id IN ("
                + String.format(entries, "e.id")
                + ") ORDER BY id"));
  }

  private RowSet read(String schema, String table, String sql) throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute("CREATE TABLE " + SCHEMA + "." + table + " LIKE " + schema + "." + table);
    }
    try (PreparedStatement statement = root.prepareStatement(sql)) {
      statement.setBytes(1, distributor);
      try (ResultSet found = statement.executeQuery()) {
        return RowSet.of(SCHEMA + "." + table, found);
      }
    }
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
