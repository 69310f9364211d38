package io.siyu.mall.catalog.imports;

/** Ends the work on one row; the import goes on with the next. */
final class RowRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient RowError error;

  RowRefused(RowError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  RowRefused(long line, String column, String reason, String message) {
    this(new RowError(line, column, reason, message));
  }

  RowError error() {
    return error;
  }
}
