package io.siyu.mall.bench;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows in memory, to be written to another table by statements of many rows. */
final class RowSet {

  private final String table;
  private final List<String> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();

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

  /** How many rows there are. */
  int size() {
    return rows.size();
  }

  /**
   * Writes the share of the rows that belongs to some of the orders, as evenly as it goes; over all
   * orders every row is written once.
   *
   * @param statements to take prepared ones from, and to keep new ones in
   * @param from the first of these orders
   * @param orders how many they are, and the most rows of a statement
   * @param of how many orders there are in all
   */
  void write(Statements statements, int from, int orders, int of) throws SQLException {
    int first = (int) ((long) rows.size() * from / of);
    int last = (int) ((long) rows.size() * Math.min(of, from + orders) / of);
    for (int at = first; at < last; at += orders) {
      insert(statements, rows.subList(at, Math.min(last, at + orders)));
    }
  }

  private void insert(Statements statements, List<Object[]> some) throws SQLException {
    String row = "(?" + ", ?".repeat(columns.size() - 1) + ")";
    PreparedStatement statement =
        statements.prepared(
            "INSERT INTO "
                + table
                + " ("
                + String.join(", ", columns)
                + ") VALUES "
                + row
                + (", " + row).repeat(some.size() - 1));
    int at = 1;
    for (Object[] values : some) {
      for (Object value : values) {
        statement.setObject(at++, value);
      }
    }
    statement.executeUpdate();
  }
}
