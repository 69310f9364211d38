package io.siyu.mall.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A row that the platform has written, to be inserted again and again into a copy of its table
 * under other keys: as wide as the real one, whatever columns it has.
 */
final class TemplateRow {

  private final String insert;
  private final List<String> columns;
  private final List<Object> values;

  private TemplateRow(String table, List<String> columns, List<Object> values) {
    this.columns = columns;
    this.values = values;
    this.insert =
        "INSERT INTO "
            + PlainOrders.SCHEMA
            + "."
            + table
            + " ("
            + String.join(", ", columns)
            + ") VALUES (?"
            + ", ?".repeat(columns.size() - 1)
            + ")";
  }

  /**
   * Copies the table's structure and takes one of its rows.
   *
   * @param order what to order by to find a fresh row
   */
  static TemplateRow of(Connection root, String schema, String table, String order)
      throws SQLException {
    try (Statement statement = root.createStatement()) {
      statement.execute(
          "CREATE TABLE " + PlainOrders.SCHEMA + "." + table + " LIKE " + schema + "." + table);
      try (ResultSet row =
          statement.executeQuery(
              "SELECT * FROM " + schema + "." + table + " ORDER BY " + order + " LIMIT 1")) {
        if (!row.next()) {
          throw new SQLException(schema + "." + table + " has no row to take as a pattern");
        }
        ResultSetMetaData about = row.getMetaData();
        List<String> columns = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
          columns.add(about.getColumnName(i));
          values.add(row.getObject(i));
        }
        return new TemplateRow(table, columns, values);
      }
    }
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    return connection.prepareStatement(insert);
  }

  /** Inserts the row with some columns of its own. */
  void insert(PreparedStatement statement, Map<String, Object> own) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      statement.setObject(i + 1, own.getOrDefault(columns.get(i), values.get(i)));
    }
    statement.executeUpdate();
  }
}
