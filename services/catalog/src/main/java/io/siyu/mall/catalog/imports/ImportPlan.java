package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.PriceChange;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.ProductId;
import io.siyu.mall.catalog.product.ProductState;
import io.siyu.mall.catalog.product.SkuDraft;
import io.siyu.mall.catalog.product.SkuId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides what rows change, by comparing them with what is stored: only differences are written, so
 * the same file again writes nothing. All rows that a file has of a product are in one plan, so
 * that no verdict depends on which products share it. Knows nothing of the database.
 */
final class ImportPlan {

  /** What became of a product. */
  enum Outcome {
    UNCHANGED,
    CHANGED,
    CREATED
  }

  /** A product to be written, new or changed. */
  record ProductWrite(
      UUID id,
      boolean isNew,
      UUID brandId,
      String productNo,
      ProductContent content,
      ProductState state,
      boolean listed) {}

  /** A SKU to be written, new or changed. */
  record SkuWrite(
      UUID id,
      boolean isNew,
      UUID productId,
      UUID brandId,
      SkuDraft sku,
      int position,
      boolean repriced) {}

  private final StoredGoods stored;
  private final Stated stated;
  private final List<ProductWrite> products = new ArrayList<>();
  private final List<SkuWrite> skus = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();
  private final Map<PlacedRow.Number, Outcome> outcomes = new LinkedHashMap<>();
  private int skusUnchanged;

  private ImportPlan(StoredGoods stored, Stated stated) {
    this.stored = stored;
    this.stated = stated;
  }

  /** The plan for the rows: for each of their products all that the file has. */
  static ImportPlan of(List<PlacedRow> rows, StoredGoods stored, Stated stated) {
    ImportPlan plan = new ImportPlan(stored, stated);
    Map<PlacedRow.Number, List<PlacedRow>> byProduct = new LinkedHashMap<>();
    rows.forEach(
        row -> byProduct.computeIfAbsent(row.product(), key -> new ArrayList<>()).add(row));
    byProduct.forEach(plan::plan);
    return plan;
  }

  private void plan(PlacedRow.Number key, List<PlacedRow> rows) {
    StoredGoods.Product before = stored.products().get(key);
    UUID id = before == null ? ProductId.next().value() : before.id();
    SkuVerdicts verdicts = SkuVerdicts.of(rows, before, stored, stated);
    errors.addAll(verdicts.errors());
    if (verdicts.accepted().isEmpty()) {
      return;
    }
    PlacedRow first = verdicts.accepted().keySet().iterator().next();
    boolean differs = planProduct(id, first, before);
    int written = skus.size();
    verdicts.accepted().forEach((row, draft) -> planSku(id, row, draft, verdicts));
    boolean changed = differs || skus.size() > written;
    outcomes.put(
        key, before == null ? Outcome.CREATED : changed ? Outcome.CHANGED : Outcome.UNCHANGED);
  }

  private boolean planProduct(UUID id, PlacedRow row, StoredGoods.Product before) {
    ProductContent content =
        before == null ? row.content() : stated.content(row.content(), before.content());
    ProductState state = state(before, row.onSale());
    boolean listed = state == ProductState.PUBLISHED && (before == null || before.state() != state);
    boolean differs =
        before == null || !before.content().equals(content) || before.state() != state;
    if (differs) {
      products.add(
          new ProductWrite(
              id, before == null, row.brandId(), row.productNo(), content, state, listed));
    }
    return differs;
  }

  private ProductState state(StoredGoods.Product before, boolean rowOnSale) {
    ProductState now = before == null ? ProductState.DRAFT : before.state();
    boolean isOnSale = now == ProductState.PUBLISHED;
    boolean onSale = before == null ? rowOnSale : stated.onSale(rowOnSale, isOnSale);
    if (onSale == isOnSale || !onSale && now == ProductState.DRAFT) {
      return now;
    }
    ProductState next = onSale ? ProductState.PUBLISHED : ProductState.WITHDRAWN;
    if (next != now) {
      ProductState.TABLE.check(now, next);
    }
    return next;
  }

  private void planSku(UUID productId, PlacedRow row, SkuDraft draft, SkuVerdicts verdicts) {
    StoredGoods.Sku known = stored.skus().get(row.skuNumber());
    if (known == null) {
      UUID id = SkuId.next().value();
      skus.add(
          new SkuWrite(id, true, productId, row.brandId(), draft, verdicts.nextPosition(), true));
      return;
    }
    if (known.isAs(draft)) {
      skusUnchanged++;
    } else {
      boolean repriced = !known.prices().equals(draft.prices());
      skus.add(
          new SkuWrite(
              known.id(), false, productId, row.brandId(), draft, known.position(), repriced));
    }
    noteStock(row, known);
  }

  private void noteStock(PlacedRow row, StoredGoods.Sku known) {
    long said = row.sku().initialStock();
    if (row.saysStock() && said != known.supplied() && said != known.available()) {
      errors.add(
          new RowError(
              row.line(),
              Column.STOCK.columnName(),
              RowError.STOCK_NOT_CHANGED,
              "库存没有改动：现有 %d 件，文件写的是 %d 件。已有 SKU 的库存请用“库存调整”修改。".formatted(known.available(), said),
              true));
    }
  }

  List<ProductWrite> products() {
    return products;
  }

  List<SkuWrite> skus() {
    return skus;
  }

  /** The products of which something is written: itself or a SKU. */
  Set<UUID> written() {
    return Stream.concat(
            products.stream().map(ProductWrite::id), skus.stream().map(SkuWrite::productId))
        .collect(Collectors.toSet());
  }

  List<RowError> errors() {
    return errors;
  }

  Map<PlacedRow.Number, Outcome> outcomes() {
    return outcomes;
  }

  int skusCreated() {
    return (int) skus.stream().filter(SkuWrite::isNew).count();
  }

  int skusChanged() {
    return skus.size() - skusCreated();
  }

  int skusUnchanged() {
    return skusUnchanged;
  }

  /** The first pieces of new SKUs. */
  Map<UUID, Long> supplies() {
    Map<UUID, Long> supplies = new LinkedHashMap<>();
    skus.stream()
        .filter(SkuWrite::isNew)
        .forEach(sku -> supplies.put(sku.id(), sku.sku().initialStock()));
    return supplies;
  }

  /** The prices that are new. */
  List<PriceChange> priceChanges(String by, String reason, Instant now) {
    return skus.stream()
        .filter(SkuWrite::repriced)
        .map(s -> new PriceChange(new SkuId(s.id()), s.sku().prices(), now, by, reason))
        .toList();
  }
}
