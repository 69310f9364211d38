package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.SkuDraft;
import io.siyu.mall.text.Bounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Which rows of one product are taken, judged by how its SKUs are to be when all is done. */
final class SkuVerdicts {

  private final StoredGoods stored;
  private final Stated stated;
  private final UUID productId;
  private final List<StoredGoods.Sku> siblings;
  private final Map<PlacedRow, SkuDraft> accepted = new LinkedHashMap<>();
  private final List<RowError> errors = new ArrayList<>();
  private int position;

  private SkuVerdicts(UUID productId, StoredGoods stored, Stated stated) {
    this.stored = stored;
    this.stated = stated;
    this.productId = productId;
    this.siblings = productId == null ? List.of() : stored.skusOf(productId);
    this.position = siblings.stream().mapToInt(sku -> sku.position() + 1).max().orElse(0);
  }

  /**
   * The verdicts.
   *
   * @param rows all that the file has of the product
   * @param product null when it is new
   */
  static SkuVerdicts of(
      List<PlacedRow> rows, StoredGoods.Product product, StoredGoods stored, Stated stated) {
    SkuVerdicts verdicts = new SkuVerdicts(product == null ? null : product.id(), stored, stated);
    verdicts.takeEach(rows);
    verdicts.refuseEqualSpecs();
    return verdicts;
  }

  private void takeEach(List<PlacedRow> rows) {
    int count = siblings.size();
    for (PlacedRow row : rows) {
      StoredGoods.Sku known = stored.skus().get(row.skuNumber());
      RowError error = refusal(row, rows.get(0), known, count);
      if (error != null) {
        errors.add(error);
        continue;
      }
      accepted.put(row, known == null ? row.sku() : stated.sku(row.sku(), known));
      count += known == null ? 1 : 0;
    }
  }

  private RowError refusal(PlacedRow row, PlacedRow first, StoredGoods.Sku known, int count) {
    if (!row.content().equals(first.content()) || row.onSale() != first.onSale()) {
      return new RowError(
          row.line(),
          Column.PRODUCT_NO.columnName(),
          RowError.PRODUCT_ROWS_DIFFER,
          "同一商品的标题、类目、图文等必须与第 " + first.line() + " 行一致。");
    }
    if (known == null) {
      return count < Bounds.SKUS ? null : RowError.tooManySkus(row.line());
    }
    if (!known.productId().equals(productId)) {
      return new RowError(
          row.line(),
          Column.SKU_NO.columnName(),
          RowError.SKU_OF_OTHER_PRODUCT,
          "这个 SKU 编号属于该品牌的另一个商品。");
    }
    SkuDraft draft = stated.sku(row.sku(), known);
    return draft.prices().list().compareTo(draft.prices().price()) >= 0
        ? null
        : new RowError(
            row.line(),
            Column.PRICE_YUAN.columnName(),
            RowError.PRICE_ABOVE_LIST,
            RowError.PRICE_ABOVE_LIST_SAID);
  }

  /**
   * Whoever comes second with a spec is refused. A SKU whose row is refused keeps its spec, which
   * may refuse another: until nobody is refused any more.
   */
  private void refuseEqualSpecs() {
    boolean again = true;
    while (again) {
      again = false;
      Set<List<NamedValue>> taken = keptSpecs();
      for (PlacedRow row : List.copyOf(accepted.keySet())) {
        if (!taken.add(accepted.get(row).specs())) {
          accepted.remove(row);
          errors.add(
              new RowError(
                  row.line(),
                  Column.SPEC.columnName(),
                  RowError.DUPLICATE_SPEC,
                  "同一商品已有相同规格的 SKU。"));
          again = true;
        }
      }
    }
  }

  /** The specs of SKUs that no accepted row speaks of. */
  private Set<List<NamedValue>> keptSpecs() {
    Set<UUID> changed =
        accepted.keySet().stream()
            .map(row -> stored.skus().get(row.skuNumber()))
            .filter(Objects::nonNull)
            .map(StoredGoods.Sku::id)
            .collect(Collectors.toSet());
    return siblings.stream()
        .filter(sku -> !changed.contains(sku.id()))
        .map(StoredGoods.Sku::specs)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The accepted rows in the order of the file, each with its SKU as it is to be. */
  Map<PlacedRow, SkuDraft> accepted() {
    return accepted;
  }

  List<RowError> errors() {
    return errors;
  }

  /** The place of the next new SKU, after those that there are. */
  int nextPosition() {
    return position++;
  }
}
