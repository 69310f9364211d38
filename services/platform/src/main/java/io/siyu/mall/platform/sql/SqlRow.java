package io.siyu.mall.platform.sql;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One row that was read, its columns by position from 0, as the values of the domain. */
public final class SqlRow {

  private final Object[] values;

  SqlRow(Object[] values) {
    this.values = values;
  }

  static List<SqlRow> all(RowSet<Row> rows) {
    List<SqlRow> read = new ArrayList<>(rows.size());
    for (Row row : rows) {
      Object[] values = new Object[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getDelegate().getValue(i);
      }
      read.add(new SqlRow(values));
    }
    return read;
  }

  /** Whether the column is null. */
  public boolean isNull(int index) {
    return values[index] == null;
  }

  /** A character column; null stays null. */
  public String text(int index) {
    return (String) values[index];
  }

  /** A number column. */
  public long number(int index) {
    return ((Number) values[index]).longValue();
  }

  /** A BINARY(16) column; null stays null. */
  public UUID uuid(int index) {
    return Ids.uuid((Buffer) values[index]);
  }

  /** A binary column; null stays null. */
  public byte[] bytes(int index) {
    return values[index] == null ? null : ((Buffer) values[index]).getBytes();
  }

  /** A DATETIME(6) column in UTC; null stays null. */
  public Instant instant(int index) {
    return SqlParams.instant((LocalDateTime) values[index]);
  }

  /** A BIGINT column of fen; null stays null. */
  public Money fen(int index) {
    return values[index] == null ? null : Money.fen(number(index));
  }
}
