package io.siyu.mall.platform.personal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Where a sealed text stands: table, column, and whose row it is. {@link PersonalCipher} binds it
 * into the seal, so that a text which somebody with access to the database copies into another
 * column, row or account does not open there.
 *
 * @param row what never changes about the row: its key and, where the row belongs to somebody, its
 *     owner
 */
public record Cell(String table, String column, List<String> row) {

  public Cell {
    row = List.copyOf(row);
    if (table.isBlank() || column.isBlank() || row.isEmpty()) {
      throw new IllegalArgumentException("a cell has a table, a column and a row");
    }
  }

  /**
   * The cell of a column.
   *
   * @param row key and owner, such as {@code addressId, memberId}; none may be null
   */
  public static Cell of(String table, String column, Object... row) {
    return new Cell(table, column, Arrays.stream(row).map(Object::toString).toList());
  }

  /** The same bytes for the same key and cell and for no other: each part goes with its length. */
  byte[] bytes(String keyId) {
    StringBuilder text = new StringBuilder();
    append(text, keyId);
    append(text, table);
    append(text, column);
    row.forEach(part -> append(text, part));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder text, String part) {
    text.append(part.length()).append(':').append(part);
  }
}
