package io.siyu.mall.catalog.imports;

/** Somebody has ended the import while it ran. */
final class ImportGivenUp extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ImportGivenUp() {
    super("the import was given up meanwhile", null, false, false);
  }
}
