package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.MallDatabase;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * How long a page takes in a large catalogue: {@code -Dmall.search.products=20000}. Prints the
 * plans and the times; without the property it is not run.
 */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class SearchScaleTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int ROUNDS = 20;
  private static final String[] WORDS =
      ("纯棉 毛巾 浴巾 羊毛被 四件套 保暖 加厚 双人 单人 秋冬 夏季 轻薄 儿童 成人 日式 简约 澳洲 进口 家用 便携 不锈钢 保温杯 炒锅 蓝牙"
              + " 音箱 手机壳 磁吸 充电器 数据线 收纳盒 行李箱 拖鞋 衬衫 牛津纺 卫衣 连体衣 婴儿 蒙山 有机 礼盒")
          .split(" ");

  @Inject Pool pool;
  @Inject ProductQueries queries;
  @Inject ProductTerms terms;

  @Test
  void aPageOfALargeCatalogue() {
    int products = Integer.getInteger("mall.search.products", 0);
    assumeTrue(products > 0, "only where it is asked for");
    fill(products);
    sql("ANALYZE TABLE product, product_term, sku, brand, category");
    System.out.println(
        "product_term has "
            + count("SELECT COUNT(*) FROM product_term")
            + " rows, MB "
            + count(
                "SELECT (data_length + index_length) DIV 1048576 FROM information_schema.tables"
                    + " WHERE table_name = 'product_term' AND table_schema = DATABASE()"));
    time("browse, newest", "", ProductFilter.Sort.NEWEST);
    time("browse, price", "", ProductFilter.Sort.PRICE_ASCENDING);
    for (String query :
        List.of(
            "毛巾",
            "巾",
            "a",
            "蒙山纯棉",
            "纯棉 毛巾 家用",
            "xr500",
            "xr50012",
            "SKU12345",
            "保温杯 蓝牙 羊毛被",
            "nothing",
            "纯棉毛巾加厚双人秋冬保暖澳洲进口羊毛被四件套家用便携收纳盒行李箱拖鞋衬衫牛津纺卫衣连体衣婴儿蒙山有机礼盒",
            "品牌7")) {
      time("best: " + query, query, ProductFilter.Sort.BEST);
    }
    time("price: 毛巾", "毛巾", ProductFilter.Sort.PRICE_ASCENDING);
  }

  private void time(String name, String query, ProductFilter.Sort sort) {
    ProductFilter filter = new ProductFilter(Caller.ANONYMOUS, null, null, query, null, sort);
    long[] nanos = new long[ROUNDS];
    int size = 0;
    for (int i = 0; i < ROUNDS; i++) {
      long begin = System.nanoTime();
      size = queries.list(filter, 20, "").await().atMost(LONG).products().size();
      nanos[i] = System.nanoTime() - begin;
    }
    Arrays.sort(nanos);
    System.out.printf(
        "%-30s %3d products, median %6.1f ms, max %6.1f ms%n",
        name, size, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS - 1] / 1e6);
    ProductListing listing = new ProductListing(filter);
    for (ProductListing.Part part : listing.parts()) {
      ProductListing.Statement s =
          listing.statement("SELECT p.id", ProductQueries.TABLES, part, null, 21);
      System.out.println("    " + part + " " + plan(s));
    }
    assertTrue(nanos[ROUNDS / 2] < 2_000_000_000L);
  }

  private List<String> plan(ProductListing.Statement s) {
    List<String> plan = new ArrayList<>();
    pool.preparedQuery("EXPLAIN " + s.sql())
        .execute(SqlParams.tuple(s.params().toArray()))
        .await()
        .atMost(LONG)
        .forEach(
            r ->
                plan.add(
                    r.getValue("table")
                        + ":"
                        + r.getValue("type")
                        + ":"
                        + r.getValue("key")
                        + ":"
                        + r.getValue("rows")
                        + ":"
                        + r.getValue("Extra")));
    return plan;
  }

  private void fill(int products) {
    sql(
        "INSERT IGNORE INTO category (id, name, path, lineage, sort_order) VALUES"
            + " (UNHEX('0C000000000000000000000000000001'), '大', '大',"
            + " UNHEX('0C000000000000000000000000000001'), 0)");
    for (int i = 0; i < 40; i++) {
      sql(
          "INSERT INTO brand (id, code, name, logo_url, story, version, created_at, state,"
              + " state_reason, state_changed_by, state_changed_at) VALUES"
              + " (UNHEX('%032x'), 'scale-%d', '品牌%d', '', '', 0, UTC_TIMESTAMP(6), 'ON_SALE', '', '', UTC_TIMESTAMP(6))"
                  .formatted(0xB000 + i, i, i));
    }
    Random random = new Random(1);
    for (int from = 0; from < products; from += 500) {
      batch(from, Math.min(products, from + 500), random);
    }
  }

  private void batch(int from, int to, Random random) {
    StringBuilder goods = new StringBuilder();
    StringBuilder skus = new StringBuilder();
    StringBuilder levels = new StringBuilder();
    List<UUID> ids = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String id = "%032x".formatted(0xA0000000L + i);
      ids.add(new UUID(0, 0xA0000000L + i));
      String separator = i == from ? "" : ",";
      goods.append(
          "%s(UNHEX('%s'),UNHEX('%032x'),'P%06d',UNHEX('0C000000000000000000000000000001'),'%s %s','%s','件','[\"%s\"]','','[]','[]','','PUBLISHED','',%d,0,UTC_TIMESTAMP(6),UTC_TIMESTAMP(6),TIMESTAMPADD(SECOND,%d,'2025-01-01'))"
              .formatted(
                  separator,
                  id,
                  0xB000 + i % 40,
                  i,
                  words(random, 6),
                  i % 50 == 0 ? "XR-500" + i : "MD-" + i,
                  words(random, 8),
                  words(random, 1),
                  100 + random.nextInt(100_000),
                  i));
      skus.append(
          "%s(UNHEX('%032x'),UNHEX('%s'),UNHEX('%032x'),'SKU%08d',0,'[[\"颜色\",\"%s\"]]','',200000,200000,7)"
              .formatted(separator, 0xD0000000L + i, id, 0xB000 + i % 40, i, words(random, 1)));
      levels.append("%s(UNHEX('%032x'),1,1,0,0)".formatted(separator, 0xD0000000L + i));
    }
    sql(
        "INSERT INTO product (id, brand_id, product_no, category_id, title, brief, unit, keywords,"
            + " cover_url, gallery, attributes, detail_html, state, state_reason, price_from,"
            + " version, created_at, published_at, listed_at) VALUES "
            + goods);
    sql(
        "INSERT INTO sku (id, product_id, brand_id, sku_no, position, specs, spec_text, list_price,"
            + " price, after_sale_days) VALUES "
            + skus);
    sql("INSERT INTO stock_level (sku_id, supplied, available, held, sold) VALUES " + levels);
    pool.withTransaction(c -> terms.refresh(SqlTransaction.of(c), ids)).await().atMost(LONG);
  }

  private static String words(Random random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(i % 3 == 2 ? " " : "");
    }
    return text.toString();
  }

  private void sql(String statement) {
    pool.query(statement).execute().await().atMost(LONG);
  }

  private long count(String sql) {
    return SqlReader.of(pool).select(sql).await().atMost(LONG).get(0).number(0);
  }
}
