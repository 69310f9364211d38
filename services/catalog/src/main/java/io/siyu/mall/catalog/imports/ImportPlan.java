package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.PriceChange;
import io.siyu.mall.catalog.product.ProductId;
import io.siyu.mall.catalog.product.ProductState;
import io.siyu.mall.catalog.product.SkuDraft;
import io.siyu.mall.catalog.product.SkuId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Decides what a batch of rows changes, by comparing it with what is stored: only differences are
 * written, so the same file again writes nothing. Knows nothing of the database.
 */
final class ImportPlan {

  private static final int MAX_SKUS = 200;

  /** A product to be written, new or changed. */
  record ProductWrite(UUID id, boolean isNew, PlacedRow row, ProductState state, boolean listed) {}

  /** A SKU to be written, new or changed. */
  record SkuWrite(
      UUID id, boolean isNew, UUID productId, PlacedRow row, int position, boolean repriced) {}

  private final StoredGoods stored;
  private final List<ProductWrite> products = new ArrayList<>();
  private final List<SkuWrite> skus = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();
  private final Map<PlacedRow.Number, FileMemory.Outcome> outcomes = new LinkedHashMap<>();

  private ImportPlan(StoredGoods stored) {
    this.stored = stored;
  }

  /** The plan for the rows. */
  static ImportPlan of(List<PlacedRow> rows, StoredGoods stored) {
    ImportPlan plan = new ImportPlan(stored);
    Map<PlacedRow.Number, List<PlacedRow>> byProduct = new LinkedHashMap<>();
    rows.forEach(
        row -> byProduct.computeIfAbsent(row.product(), key -> new ArrayList<>()).add(row));
    byProduct.forEach(plan::plan);
    return plan;
  }

  private void plan(PlacedRow.Number key, List<PlacedRow> rows) {
    StoredGoods.Product before = stored.products().get(key);
    UUID id = before == null ? ProductId.next().value() : before.id();
    List<SkuWrite> planned = skus(id, before, rows);
    if (before == null && planned.isEmpty()) {
      return;
    }
    PlacedRow first = rows.get(0);
    ProductState state = state(before, first.onSale());
    boolean listed = state == ProductState.PUBLISHED && (before == null || before.state() != state);
    boolean differs =
        before == null || !before.content().equals(first.content()) || before.state() != state;
    if (differs) {
      products.add(new ProductWrite(id, before == null, first, state, listed));
    }
    skus.addAll(planned);
    outcomes.put(key, outcome(before == null, differs || !planned.isEmpty()));
  }

  private static FileMemory.Outcome outcome(boolean created, boolean changed) {
    if (created) {
      return FileMemory.Outcome.CREATED;
    }
    return changed ? FileMemory.Outcome.CHANGED : FileMemory.Outcome.UNCHANGED;
  }

  private static ProductState state(StoredGoods.Product before, boolean onSale) {
    ProductState now = before == null ? ProductState.DRAFT : before.state();
    if (onSale == (now == ProductState.PUBLISHED)) {
      return now;
    }
    ProductState next =
        onSale
            ? ProductState.PUBLISHED
            : now == ProductState.DRAFT ? ProductState.DRAFT : ProductState.WITHDRAWN;
    if (next != now) {
      ProductState.TABLE.check(now, next);
    }
    return next;
  }

  private List<SkuWrite> skus(UUID productId, StoredGoods.Product before, List<PlacedRow> rows) {
    List<StoredGoods.Sku> siblings = before == null ? List.of() : stored.skusOf(productId);
    List<PlacedRow> accepted = new ArrayList<>();
    List<SkuWrite> writes = new ArrayList<>();
    int position = siblings.stream().mapToInt(sku -> sku.position() + 1).max().orElse(0);
    for (PlacedRow row : rows) {
      StoredGoods.Sku sku = stored.skus().get(row.skuNumber());
      RowError error = refusal(row, productId, sku, siblings, accepted, rows, position);
      if (error != null) {
        errors.add(error);
        continue;
      }
      accepted.add(row);
      if (sku == null) {
        UUID id = SkuId.next().value();
        writes.add(new SkuWrite(id, true, productId, row, position++, true));
      } else if (!sku.specs().equals(row.sku().specs())
          || !sku.prices().equals(row.sku().prices())) {
        boolean repriced = !sku.prices().equals(row.sku().prices());
        writes.add(new SkuWrite(sku.id(), false, productId, row, sku.position(), repriced));
      }
    }
    return writes;
  }

  private static RowError refusal(
      PlacedRow row,
      UUID productId,
      StoredGoods.Sku sku,
      List<StoredGoods.Sku> siblings,
      List<PlacedRow> accepted,
      List<PlacedRow> rows,
      int position) {
    if (sku != null && !sku.productId().equals(productId)) {
      return new RowError(
          row.line(), "sku_no", RowError.SKU_OF_OTHER_PRODUCT, "这个 SKU 编号属于该品牌的另一个商品。");
    }
    if (sku == null && position >= MAX_SKUS) {
      return new RowError(
          row.line(), "sku_no", RowError.INVALID_VALUE, "一个商品最多 " + MAX_SKUS + " 个 SKU。");
    }
    SkuDraft draft = row.sku();
    boolean sameAsRow =
        accepted.stream().anyMatch(other -> other.sku().specs().equals(draft.specs()));
    boolean sameAsStored =
        siblings.stream()
            .filter(other -> rows.stream().noneMatch(r -> r.sku().skuNo().equals(other.skuNo())))
            .anyMatch(other -> other.specs().equals(draft.specs()));
    return sameAsRow || sameAsStored
        ? new RowError(row.line(), "spec", RowError.DUPLICATE_SPEC, "同一商品已有相同规格的 SKU。")
        : null;
  }

  List<ProductWrite> products() {
    return products;
  }

  List<SkuWrite> skus() {
    return skus;
  }

  List<RowError> errors() {
    return errors;
  }

  Map<PlacedRow.Number, FileMemory.Outcome> outcomes() {
    return outcomes;
  }

  int skusCreated() {
    return (int) skus.stream().filter(SkuWrite::isNew).count();
  }

  int skusChanged() {
    return skus.size() - skusCreated();
  }

  /** The first pieces of new SKUs. The stock of a known SKU is no business of an import. */
  Map<UUID, Long> supplies() {
    Map<UUID, Long> supplies = new LinkedHashMap<>();
    skus.stream()
        .filter(SkuWrite::isNew)
        .forEach(sku -> supplies.put(sku.id(), sku.row().sku().initialStock()));
    return supplies;
  }

  /** The prices that are new. */
  List<PriceChange> priceChanges(String by, String reason, Instant now) {
    return skus.stream()
        .filter(SkuWrite::repriced)
        .map(s -> new PriceChange(new SkuId(s.id()), s.row().sku().prices(), now, by, reason))
        .toList();
  }
}
