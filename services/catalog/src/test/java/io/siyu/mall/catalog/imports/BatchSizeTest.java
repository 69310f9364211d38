package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.test.MallDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import decides depends on the file and on what is known, not on how it is cut. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class BatchSizeTest {

  private static final List<Integer> SIZES = List.of(1, 7, 200, 10_000);
  private static final String HEADER =
      "product_no,title,category,sku_no,spec,price_yuan,stock,on_sale,after_sale_days\n";

  @Inject StartImport startImport;
  @Inject Pool pool;
  @Inject ImportConfig config;

  private final String category = CatalogFixture.category("").getPath();

  @Test
  void twoSkusExchangeTheirSpecsHoweverFarApart() {
    for (int size : List.of(7, 200, 10_000)) {
      ImportRuns runs = new ImportRuns(startImport, pool, config, size);
      runs.run(HEADER + row("P", "S1", "红", 1) + others(250) + row("P", "S2", "蓝", 1));
      ImportRuns.End swapped =
          runs.run(HEADER + row("P", "S1", "蓝", 1) + others(250) + row("P", "S2", "红", 1));
      assertEquals(List.of(), swapped.errors());
      assertEquals(2, swapped.counts().skusChanged());
      assertEquals(250, swapped.counts().skusUnchanged());
      assertTrue(runs.goods().stream().anyMatch(sku -> sku.contains("S1|0|[[\"色\",\"蓝\"]]")));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void verdictsDependOnTheFileAlone(long seed) {
    Random random = new Random(seed);
    String first = HEADER + randomRows(random);
    String second = HEADER + randomRows(random);
    String expected = null;
    for (int size : SIZES) {
      ImportRuns runs = new ImportRuns(startImport, pool, config, size);
      String came = runs.run(first) + "\n" + String.join("\n", runs.goods());
      ImportRuns.End changed = runs.run(second);
      List<String> goods = runs.goods();
      came += changed + "\n" + String.join("\n", goods);
      ImportRuns.End again = runs.run(second);
      assertEquals(changed.errors(), again.errors(), "the same is said again");
      assertEquals(0, again.counts().productsCreated() + again.counts().productsChanged());
      assertEquals(0, again.counts().skusCreated() + again.counts().skusChanged());
      assertEquals(goods, runs.goods(), "and nothing is changed");
      expected = expected == null ? came : expected;
      assertEquals(expected, came, "batches of " + size);
    }
  }

  private String others(int count) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < count; i++) {
      rows.append(row("O" + i, "X" + i, "绿", 1));
    }
    return rows.toString();
  }

  private String randomRows(Random random) {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      String color = List.of("红", "蓝", "绿", "白", "黑", "灰").get(random.nextInt(6));
      rows.append(row("P" + random.nextInt(3), "S" + random.nextInt(25), color, random.nextInt(8)));
      if (random.nextInt(12) == 0) {
        rows.append(row("P" + random.nextInt(5), "S" + i, color, 1).replace("羊毛被", "另一个"));
      }
    }
    return rows.toString();
  }

  private String row(String product, String sku, String color, int price) {
    return "%s,羊毛被,%s,%s,\"{\"\"色\"\": \"\"%s\"\"}\",%d,%d,1,%d\n"
        .formatted(product, category, sku, color, price, 5 + price, 7 + price);
  }
}
