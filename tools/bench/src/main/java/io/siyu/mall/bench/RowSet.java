package io.siyu.mall.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows in memory, to be written to another table by statements of many rows. */
final class RowSet {

  private final String table;
  private final List<String> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

  /** By their number of rows; they end with the connection. */
  private final Map<Integer, PreparedStatement> prepared = new HashMap<>();

  private RowSet(String table) {
    this.table = table;
  }

  /** Takes all that was found. */
  static RowSet of(String table, ResultSet found) throws SQLException {
    RowSet set = new RowSet(table);
    ResultSetMetaData about = found.getMetaData();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      set.columns.add(about.getColumnLabel(i));
    }
    while (found.next()) {
      Object[] row = new Object[set.columns.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = found.getObject(i + 1);
      }
      set.rows.add(row);
    }
    return set;
  }

  /** Writes the share of the rows that belongs to some of the orders. */
  void write(Connection connection, long from, long orders, long of) throws SQLException {
    int first = (int) (rows.size() * from / of);
    int last = (int) (rows.size() * Math.min(of, from + orders) / of);
    for (int at = first; at < last; at += (int) orders) {
      insert(connection, rows.subList(at, Math.min(last, at + (int) orders)));
    }
  }

  private void insert(Connection connection, List<Object[]> some) throws SQLException {
    String row = "(?" + ", ?".repeat(columns.size() - 1) + ")";
    String sql =
        "INSERT INTO "
            + table
            + " ("
            + String.join(", ", columns)
            + ") VALUES "
            + row
            + (", " + row).repeat(some.size() - 1);
    PreparedStatement statement = prepared.get(some.size());
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(some.size(), statement);
    }
    int at = 1;
    for (Object[] values : some) {
      for (Object value : values) {
        statement.setObject(at++, value);
      }
    }
    statement.executeUpdate();
  }
}
