package io.siyu.mall.catalog.imports;

import io.siyu.mall.text.Bounds;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in a file the rows of each product are, however far apart: what is decided of a product is
 * decided once, with all of them. Remembers places and numbers, no contents.
 */
final class FileIndex {

  /** Where a row is. */
  record Place(long line, long offset) {}

  private final Map<PlacedRow.Number, List<Place>> products = new LinkedHashMap<>();
  private final Map<PlacedRow.Number, Long> skus = new HashMap<>();

  /**
   * Remembers the row.
   *
   * @throws RowRefused when its SKU came before, or its product has too many
   */
  void add(PlacedRow row, long offset) {
    Long before = skus.putIfAbsent(row.skuNumber(), row.line());
    if (before != null) {
      throw new RowRefused(
          row.line(),
          Column.SKU_NO.columnName(),
          RowError.DUPLICATE_SKU,
          "SKU 编号与第 " + before + " 行重复。");
    }
    List<Place> places = products.computeIfAbsent(row.product(), key -> new ArrayList<>(1));
    if (places.size() == Bounds.SKUS) {
      throw new RowRefused(RowError.tooManySkus(row.line()));
    }
    places.add(new Place(row.line(), offset));
  }

  /** The rows of each product, in the order in which the products first appear. */
  Collection<List<Place>> products() {
    return products.values();
  }
}
