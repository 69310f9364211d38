package io.siyu.mall.distributor.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Question marks for statements over many values. */
public final class Marks {

  private Marks() {}

  /** {@code ?, ?, ?} for that many values, at least one. */
  public static String list(int values) {
    return String.join(", ", Collections.nCopies(values, "?"));
  }

  /**
   * The values, the last one repeated until their number is a power of two: for {@code IN} in a
   * statement that stays prepared, where every number of values would be a statement of its own.
   *
   * @param values at least one
   */
  public static List<Object> padded(Collection<?> values) {
    List<Object> padded = new ArrayList<>(values);
    int size = Integer.highestOneBit(2 * values.size() - 1);
    padded.addAll(Collections.nCopies(size - values.size(), padded.get(values.size() - 1)));
    return padded;
  }

  /** {@code (?, ?), (?, ?)} for that many rows, at least one. */
  public static String rows(int rows, int columns) {
    return String.join(", ", Collections.nCopies(rows, "(" + list(columns) + ")"));
  }
}
