package io.siyu.mall.catalog.imports;

import java.util.HashMap;
import java.util.Map;

/**
 * What an import remembers of the rows it has read, however many batches ago: the first row of a
 * product decides what is said of the product, and a SKU's number comes once.
 */
final class FileMemory {

  /** What became of a product of the file. */
  enum Outcome {
    UNCHANGED,
    CHANGED,
    CREATED
  }

  private record First(long line, int fingerprint) {}

  private final Map<PlacedRow.Number, First> products = new HashMap<>();
  private final Map<PlacedRow.Number, Long> skus = new HashMap<>();
  private final Map<PlacedRow.Number, Outcome> outcomes = new HashMap<>();
  private final long[] counts = new long[Outcome.values().length];
  private long skusCreated;
  private long skusChanged;

  /**
   * Remembers the row.
   *
   * @throws RowRefused when its SKU came before, or its product was described otherwise before
   */
  void admit(PlacedRow row) {
    Long before = skus.get(row.skuNumber());
    if (before != null) {
      throw new RowRefused(
          row.line(), "sku_no", RowError.DUPLICATE_SKU, "SKU 编号与第 " + before + " 行重复。");
    }
    First said = new First(row.line(), 31 * row.content().hashCode() + (row.onSale() ? 1 : 0));
    First first = products.getOrDefault(row.product(), said);
    if (first.fingerprint != said.fingerprint) {
      throw new RowRefused(
          row.line(),
          "product_no",
          RowError.PRODUCT_ROWS_DIFFER,
          "同一商品的标题、类目、图文等必须与第 " + first.line + " 行一致。");
    }
    products.put(row.product(), first);
    skus.put(row.skuNumber(), row.line());
  }

  /** Counts what a committed batch did. */
  void committed(Map<PlacedRow.Number, Outcome> done, int createdSkus, int changedSkus) {
    done.forEach(
        (product, outcome) -> {
          Outcome before = outcomes.get(product);
          Outcome after = before == null || outcome.compareTo(before) > 0 ? outcome : before;
          if (before != null) {
            counts[before.ordinal()]--;
          }
          counts[after.ordinal()]++;
          outcomes.put(product, after);
        });
    skusCreated += createdSkus;
    skusChanged += changedSkus;
  }

  /** The numbers so far. */
  ImportCounts counts(long rowsRead, long rowsRefused) {
    return new ImportCounts(
        rowsRead,
        rowsRefused,
        counts[Outcome.CREATED.ordinal()],
        counts[Outcome.CHANGED.ordinal()],
        counts[Outcome.UNCHANGED.ordinal()],
        skusCreated,
        skusChanged);
  }
}
