package io.siyu.mall.distributor.sql;

import java.util.Collections;

/** Question marks for statements over many values. */
public final class Marks {

  private Marks() {}

  /** {@code ?, ?, ?} for that many values, at least one. */
  public static String list(int values) {
    return String.join(", ", Collections.nCopies(values, "?"));
  }

  /** {@code (?, ?), (?, ?)} for that many rows, at least one. */
  public static String rows(int rows, int columns) {
    return String.join(", ", Collections.nCopies(rows, "(" + list(columns) + ")"));
  }
}
