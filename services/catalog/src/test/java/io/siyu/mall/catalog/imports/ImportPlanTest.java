package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.ProductState;
import io.siyu.mall.catalog.product.SkuDraft;
import io.siyu.mall.platform.money.Money;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ImportPlanTest {

  private static final UUID BRAND = new UUID(1, 1);
  private static final CategoryId CATEGORY = new CategoryId(new UUID(2, 2));
  private static final Stated ALL = new Stated(EnumSet.allOf(Column.class));
  private static final StoredGoods NOTHING = new StoredGoods(Map.of(), Map.of());

  @Test
  void whatIsNotThereIsCreated() {
    ImportPlan plan = ImportPlan.of(List.of(row(2, "P", "S1", "米白", 100)), NOTHING, ALL);
    assertEquals(1, plan.skusCreated());
    assertEquals(ImportPlan.Outcome.CREATED, plan.outcomes().values().iterator().next());
    assertEquals(ProductState.PUBLISHED, plan.products().get(0).state());
    assertEquals(1, plan.supplies().size());
  }

  @Test
  void whatIsThereAlreadyIsLeftAlone() {
    PlacedRow row = row(2, "P", "S1", "米白", 100);
    ImportPlan again = ImportPlan.of(List.of(row), stored(List.of(row)), ALL);
    assertTrue(again.products().isEmpty());
    assertTrue(again.skus().isEmpty());
    assertEquals(ImportPlan.Outcome.UNCHANGED, again.outcomes().values().iterator().next());
  }

  @Test
  void aNewPriceIsWrittenAndTheStockIsNot() {
    StoredGoods stored = stored(List.of(row(2, "P", "S1", "米白", 100)));
    ImportPlan plan = ImportPlan.of(List.of(row(2, "P", "S1", "米白", 90)), stored, ALL);
    assertTrue(plan.products().isEmpty());
    assertEquals(1, plan.skusChanged());
    assertTrue(plan.skus().get(0).repriced());
    assertTrue(plan.supplies().isEmpty());
  }

  @Test
  void aNumberOfAnotherProductIsRefused() {
    StoredGoods stored = stored(List.of(row(2, "P", "S1", "米白", 100)));
    ImportPlan plan = ImportPlan.of(List.of(row(9, "Q", "S1", "米白", 100)), stored, ALL);
    assertEquals(
        List.of(RowError.SKU_OF_OTHER_PRODUCT),
        plan.errors().stream().map(RowError::reason).toList());
    assertTrue(plan.products().isEmpty(), "no product without a SKU");
  }

  @Test
  void twoSkusOfAProductDiffer() {
    StoredGoods stored = stored(List.of(row(2, "P", "S1", "米白", 100)));
    ImportPlan plan =
        ImportPlan.of(
            List.of(row(2, "P", "S2", "米白", 100), row(3, "P", "S3", "藏青", 100)), stored, ALL);
    assertEquals(
        List.of(RowError.DUPLICATE_SPEC), plan.errors().stream().map(RowError::reason).toList());
    assertEquals(1, plan.skusCreated());
    assertEquals(1, plan.skus().get(0).position(), "after those that there are");
  }

  @Test
  void twoSkusMayExchangeTheirSpecs() {
    StoredGoods stored =
        stored(List.of(row(2, "P", "S1", "米白", 100), row(3, "P", "S2", "藏青", 100)));
    ImportPlan plan =
        ImportPlan.of(
            List.of(row(2, "P", "S1", "藏青", 100), row(3, "P", "S2", "米白", 100)), stored, ALL);
    assertTrue(plan.errors().isEmpty(), plan.errors()::toString);
    assertEquals(2, plan.skusChanged());
  }

  private static StoredGoods stored(List<PlacedRow> rows) {
    Map<PlacedRow.Number, StoredGoods.Product> products = new HashMap<>();
    Map<PlacedRow.Number, StoredGoods.Sku> skus = new HashMap<>();
    for (PlacedRow row : rows) {
      StoredGoods.Product product =
          products.computeIfAbsent(
              row.product(),
              n -> new StoredGoods.Product(new UUID(3, 3), row.content(), ProductState.PUBLISHED));
      skus.put(
          row.skuNumber(),
          new StoredGoods.Sku(
              new UUID(4, skus.size()),
              product.id(),
              row.sku().skuNo(),
              skus.size(),
              row.sku().specs(),
              row.sku().prices(),
              row.sku().afterSaleDays(),
              row.sku().initialStock(),
              row.sku().initialStock()));
    }
    return new StoredGoods(products, skus);
  }

  private static PlacedRow row(long line, String product, String sku, String color, long price) {
    return new PlacedRow(
        line,
        BRAND,
        product,
        true,
        new ProductContent(CATEGORY, "连体衣", "", "件", List.of(), "", List.of(), List.of(), ""),
        new SkuDraft(
            sku,
            List.of(new NamedValue("颜色", color)),
            new Prices(Money.fen(1_000), Money.fen(price)),
            5,
            0),
        true);
  }
}
