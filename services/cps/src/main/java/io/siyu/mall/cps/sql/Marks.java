package io.siyu.mall.cps.sql;

/** Question marks for statements of many rows. */
public final class Marks {

  private Marks() {}

  /** {@code ?, ?, ?}. */
  public static String list(int count) {
    return "?, ".repeat(count - 1) + "?";
  }

  /** {@code (?, ?), (?, ?)}. */
  public static String rows(int rows, int columns) {
    String row = "(" + list(columns) + ")";
    return (row + ", ").repeat(rows - 1) + row;
  }
}
