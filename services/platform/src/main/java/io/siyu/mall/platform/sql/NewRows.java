package io.siyu.mall.platform.sql;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows to be inserted into some tables, one statement a table, in the order in which the tables
 * were first named.
 */
public final class NewRows {

  private final Map<Into, List<Object[]>> rows = new LinkedHashMap<>();

  /** A table and the columns of it that are given; both are constants of the program. */
  public record Into(String table, List<String> columns) {

    public static Into of(String table, String... columns) {
      return new Into(table, List.of(columns));
    }
  }

  /** Adds a row; values as {@link SqlValues#row} takes them. */
  public NewRows add(Into into, Object... values) {
    rows.computeIfAbsent(into, first -> new ArrayList<>()).add(values);
    return this;
  }

  /** Adds what another has. */
  public NewRows addAll(NewRows others) {
    others.rows.forEach(
        (into, some) -> rows.computeIfAbsent(into, first -> new ArrayList<>()).addAll(some));
    return this;
  }

  /** Inserts them all. */
  public Uni<Void> insert(SqlTransaction tx) {
    Uni<Void> written = Uni.createFrom().voidItem();
    for (Map.Entry<Into, List<Object[]>> table : rows.entrySet()) {
      SqlValues values = values(table.getKey(), table.getValue());
      written = written.chain(() -> tx.insert(values)).replaceWithVoid();
    }
    return written;
  }

  private static SqlValues values(Into into, List<Object[]> some) {
    SqlValues values = SqlValues.into(into.table(), into.columns().toArray(String[]::new));
    some.forEach(values::row);
    return values;
  }
}
