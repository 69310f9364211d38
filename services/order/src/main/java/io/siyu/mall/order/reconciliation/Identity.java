package io.siyu.mall.order.reconciliation;

/**
 * Something that must hold over all data.
 *
 * @param compared counts the rows looked at
 * @param differences selects key, expected and actual of every row where it does not hold
 * @param message what a difference means
 */
record Identity(String name, String compared, String differences, String message) {

  /** Sums of parts against a whole: rows of {@code pairs} (key, expected, actual) that differ. */
  static Identity equal(String name, String table, String pairs, String message) {
    return new Identity(
        name,
        "SELECT COUNT(*) FROM " + table,
        "SELECT k, e, a FROM (" + pairs + ") pairs WHERE e <> a",
        message);
  }
}
