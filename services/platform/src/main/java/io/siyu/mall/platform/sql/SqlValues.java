package io.siyu.mall.platform.sql;

import io.siyu.mall.platform.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A multi-row INSERT for hot paths: one statement, one round trip and nothing to prepare, however
 * many rows. Values become literals of their type; texts and bytes become hexadecimal ones (but for
 * texts of letters and digits), so that no value can end its literal.
 *
 * <pre>{@code
 * tx.insert(SqlValues.into("stock_movement", "id", "kind", "quantity").row(id, kind, 3L));
 * }</pre>
 */
public final class SqlValues {

  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder sql;
  private final int columns;
  private String update = "";
  private int rows;

  private SqlValues(String verb, String table, String... columns) {
    this.columns = columns.length;
    this.sql =
        new StringBuilder(verb)
            .append(table)
            .append(" (")
            .append(String.join(", ", columns))
            .append(") VALUES ");
  }

  /** Rows for the columns of the table; both are constants of the program. */
  public static SqlValues into(String table, String... columns) {
    return new SqlValues("INSERT INTO ", table, columns);
  }

  /** As {@link #into}, leaving out rows whose key is there already. */
  public static SqlValues intoUnlessThere(String table, String... columns) {
    return new SqlValues("INSERT IGNORE INTO ", table, columns);
  }

  /**
   * What to do with a row whose key is there already.
   *
   * @param assignments a constant of the program, for example {@code quantity = VALUES(quantity)}
   */
  public SqlValues orUpdate(String assignments) {
    update = " ON DUPLICATE KEY UPDATE " + assignments;
    return this;
  }

  /**
   * Adds a row of UUIDs, bytes, whole numbers, instants, money, enums, texts or nulls.
   *
   * @throws IllegalArgumentException when their number or the type of one is wrong
   */
  public SqlValues row(Object... values) {
    if (values.length != columns) {
      throw new IllegalArgumentException(values.length + " values for " + columns + " columns");
    }
    sql.append(rows++ == 0 ? "(" : ", (");
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        sql.append(", ");
      }
      literal(values[i]);
    }
    sql.append(')');
    return this;
  }

  /** How many rows there are. */
  public int size() {
    return rows;
  }

  String sql() {
    return sql + update;
  }

  private void literal(Object value) {
    if (value == null) {
      sql.append("NULL");
    } else if (value instanceof UUID id) {
      sql.append("x'")
          .append(HEX.toHexDigits(id.getMostSignificantBits()))
          .append(HEX.toHexDigits(id.getLeastSignificantBits()))
          .append('\'');
    } else if (value instanceof byte[] bytes) {
      hex(bytes);
    } else if (value instanceof Long || value instanceof Integer) {
      sql.append(((Number) value).longValue());
    } else if (value instanceof Money money) {
      sql.append(money.minor());
    } else if (value instanceof Instant instant) {
      sql.append('\'').append(SqlParams.utc(instant)).append('\'');
    } else if (value instanceof Enum<?> constant) {
      text(constant.name());
    } else if (value instanceof String text) {
      text(text);
    } else {
      throw new IllegalArgumentException("no literal for " + value.getClass());
    }
  }

  private void text(String text) {
    if (isPlain(text)) {
      sql.append('\'').append(text).append('\'');
    } else {
      sql.append("_utf8mb4 ");
      hex(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Letters, digits and what ids are written with: half as long as in hexadecimal digits. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '-'
              || c == ':'
              || c == '_';
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  private void hex(byte[] bytes) {
    sql.append("x'");
    HEX.formatHex(sql, bytes);
    sql.append('\'');
  }
}
