package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.test.MallDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a second file says otherwise is done, or said of its row; what it does not say stays. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class SecondFileTest {

  @Inject StartImport startImport;
  @Inject Pool pool;
  @Inject ImportConfig config;

  @ParameterizedTest
  @EnumSource(Column.class)
  void everyChangeIsMadeOrSaid(Column column) {
    ImportRuns runs = new ImportRuns(startImport, pool, config, 200);
    Map<Column, String> row = row();
    assertEquals(List.of(), runs.run(file(row)).errors());
    List<String> before = everything(runs);
    row.put(column, changed(column, runs));
    ImportRuns.End end = runs.run(file(row));
    boolean made = !everything(runs).equals(before);
    assertTrue(made || !end.errors().isEmpty(), column + " was silently not changed");
    ImportCounts counts = end.counts();
    boolean counted =
        counts.productsChanged() + counts.productsCreated() + counts.skusChanged() > 0;
    assertEquals(made, counted, counts::toString);
    long taken = 1 - counts.rowsRefused();
    assertEquals(
        taken, counts.productsCreated() + counts.productsChanged() + counts.productsUnchanged());
    assertEquals(taken, counts.skusCreated() + counts.skusChanged() + counts.skusUnchanged());
    assertEquals(end.errors().size(), counts.rowsNoted() + counts.rowsRefused());
  }

  @ParameterizedTest
  @EnumSource(Column.class)
  void whatAFileDoesNotSpeakOfStays(Column column) {
    if (column.required() || column == Column.BRAND) {
      return;
    }
    ImportRuns runs = new ImportRuns(startImport, pool, config, 200);
    Map<Column, String> row = row();
    runs.run(file(row));
    List<String> before = everything(runs);
    row.remove(column);
    ImportRuns.End end = runs.run(file(row));
    assertEquals(List.of(), end.errors());
    assertEquals(before, everything(runs));
    assertEquals(1, end.counts().productsUnchanged());
  }

  @Test
  void theStockOfAKnownSkuIsSaidToStay() {
    ImportRuns runs = new ImportRuns(startImport, pool, config, 200);
    Map<Column, String> row = row();
    runs.run(file(row));
    row.put(Column.STOCK, "77");
    ImportRuns.End end = runs.run(file(row));
    RowError note = end.errors().get(0);
    assertEquals("stock STOCK_NOT_CHANGED", note.column() + " " + note.reason());
    assertTrue(note.taken() && note.message().contains("现有 5 件"), note.message());
    assertEquals("SUCCEEDED", end.state());
    assertEquals(0, end.counts().rowsRefused());
    assertEquals(1, end.counts().rowsNoted());
    row.put(Column.STOCK, "");
    assertEquals(List.of(), runs.run(file(row)).errors(), "an empty cell says nothing");
  }

  @Test
  void aPriceAboveTheKnownListPriceIsSaid() {
    ImportRuns runs = new ImportRuns(startImport, pool, config, 200);
    Map<Column, String> row = row();
    runs.run(file(row));
    row.remove(Column.LIST_PRICE_YUAN);
    row.put(Column.PRICE_YUAN, "999");
    ImportRuns.End end = runs.run(file(row));
    assertEquals("PRICE_ABOVE_LIST", end.errors().get(0).reason());
  }

  private String changed(Column column, ImportRuns runs) {
    return switch (column) {
      case PRODUCT_NO -> "P2";
      case BRAND -> CatalogFixture.brand().getCode();
      case CATEGORY -> CatalogFixture.category("").getPath();
      case SKU_NO -> "S2";
      case SPEC -> "{\"颜色\": \"蓝\"}";
      case LIST_PRICE_YUAN -> "31";
      case PRICE_YUAN -> "19";
      case STOCK -> "6";
      case ON_SALE -> "0";
      case AFTER_SALE_DAYS -> "16";
      case COVER -> "https://img.example/b.png";
      case GALLERY -> "[\"https://img.example/c.png\"]";
      case ATTRIBUTES -> "{\"面料\": \"麻\"}";
      case DETAIL_HTML -> "<p>更柔软</p>";
      default -> "别的";
    };
  }

  private static Map<Column, String> row() {
    Map<Column, String> row = new EnumMap<>(Column.class);
    row.put(Column.PRODUCT_NO, "P1");
    row.put(Column.TITLE, "羊毛被");
    row.put(Column.BRIEF, "保暖");
    row.put(Column.BRAND, "");
    row.put(Column.CATEGORY, CatalogFixture.category("").getPath());
    row.put(Column.KEYWORDS, "秋冬 床品");
    row.put(Column.UNIT, "件");
    row.put(Column.SKU_NO, "S1");
    row.put(Column.SPEC, "{\"颜色\": \"红\"}");
    row.put(Column.LIST_PRICE_YUAN, "30");
    row.put(Column.PRICE_YUAN, "20");
    row.put(Column.STOCK, "5");
    row.put(Column.ON_SALE, "1");
    row.put(Column.AFTER_SALE_DAYS, "15");
    row.put(Column.COVER, "https://img.example/a.png");
    row.put(Column.GALLERY, "[\"https://img.example/b.png\"]");
    row.put(Column.ATTRIBUTES, "{\"面料\": \"棉\"}");
    row.put(Column.DETAIL_HTML, "<p>柔软</p>");
    return row;
  }

  private static String file(Map<Column, String> row) {
    return row.keySet().stream().map(Column::columnName).collect(Collectors.joining(","))
        + "\n"
        + row.values().stream()
            .map(cell -> '"' + cell.replace("\"", "\"\"") + '"')
            .collect(Collectors.joining(","))
        + "\n";
  }

  private List<String> everything(ImportRuns runs) {
    return SqlReader.of(pool)
        .select(
            "SELECT CONCAT_WS('|', HEX(p.category_id), HEX(p.brand_id), p.product_no, p.title,"
                + " p.brief, p.unit, p.keywords, p.cover_url, p.gallery, p.attributes,"
                + " p.detail_html, p.state, s.sku_no, s.specs, s.spec_text, s.list_price, s.price,"
                + " s.after_sale_days) FROM product p JOIN sku s ON s.product_id = p.id"
                + " WHERE p.created_at >= (SELECT created_at FROM brand WHERE code = ?)"
                + " ORDER BY p.id, s.id",
            runs.brand.getCode())
        .await()
        .atMost(Duration.ofSeconds(10))
        .stream()
        .map(r -> r.text(0))
        .toList();
  }
}
