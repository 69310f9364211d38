package io.siyu.mall.catalog.imports;

/** What an import has done so far. */
public record ImportCounts(
    long rowsRead,
    long rowsRefused,
    long productsCreated,
    long productsChanged,
    long productsUnchanged,
    long skusCreated,
    long skusChanged) {

  /** Nothing yet. */
  public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0, 0, 0);
}
