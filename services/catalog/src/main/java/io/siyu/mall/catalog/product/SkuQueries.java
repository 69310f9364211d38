package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandState;
import io.siyu.mall.catalog.category.Lineage;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.lane.Lane;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads of SKUs: quotes for checkouts, and price histories. */
@ApplicationScoped
public class SkuQueries {

  private static final String QUOTES =
      "SELECT s.id, s.product_id, p.brand_id, b.code, b.name, p.category_id, c.lineage, p.title,"
          + " s.spec_text, p.cover_url, s.list_price, s.price, l.available, s.after_sale_days,"
          + " p.state, b.state FROM JSON_TABLE(?, '$[*]' COLUMNS (sku_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN sku s FORCE INDEX (PRIMARY) ON s.id = UNHEX(m.sku_id)"
          + " STRAIGHT_JOIN product p ON p.id = s.product_id"
          + " STRAIGHT_JOIN brand b ON b.id = p.brand_id"
          + " STRAIGHT_JOIN category c ON c.id = p.category_id"
          + " STRAIGHT_JOIN stock_level l ON l.sku_id = s.id";

  private static final String PRICES =
      "SELECT c.id, c.sku_id, c.list_price, c.price, c.effective_from, c.changed_by, c.reason"
          + " FROM price_change c WHERE c.sku_id = ?";

  /** SKUs of one request times requests: as many as a statement reads with ease. */
  private static final int LARGEST_GROUP = 32;

  private final SqlReader reader;
  private final Lane<List<UUID>, Map<UUID, Quote>> lane;

  SkuQueries(Pool pool, Vertx vertx) {
    this.reader = SqlReader.of(pool);
    this.lane = new Lane<>(vertx, LARGEST_GROUP, this::read);
  }

  /**
   * What a checkout needs to know of a SKU.
   *
   * @param categoryIds from the top category down
   */
  public record Quote(
      UUID skuId,
      UUID productId,
      UUID brandId,
      String brandCode,
      String brandName,
      UUID categoryId,
      List<UUID> categoryIds,
      String title,
      String specText,
      String coverUrl,
      Prices prices,
      long available,
      int afterSaleDays,
      ProductState state,
      BrandState brandState) {

    /** Why it cannot be bought, UPPER_SNAKE; empty when it can. */
    public String notSellableReason() {
      if (brandState != BrandState.ON_SALE) {
        return "BRAND_OFF_SALE";
      }
      return state == ProductState.PUBLISHED ? "" : "PRODUCT_NOT_PUBLISHED";
    }
  }

  /** A page of prices, newest first. */
  public record PricePage(List<PriceChange> prices, String nextPageToken) {}

  /**
   * The quotes of the SKUs that there are, in one statement, which those who ask at the same moment
   * share: the answer may hold quotes of other SKUs too.
   */
  public Uni<Map<UUID, Quote>> quotes(List<UUID> skuIds) {
    return lane.add(skuIds);
  }

  private Uni<List<Map<UUID, Quote>>> read(List<List<UUID>> wanted) {
    JsonArray ids =
        new JsonArray(wanted.stream().flatMap(List::stream).distinct().map(Ids::hex).toList());
    return reader
        .select(QUOTES, ids.encode())
        .map(
            rows -> {
              Map<UUID, Quote> quotes = new HashMap<>();
              rows.forEach(row -> quotes.put(row.uuid(0), quote(row)));
              return Collections.nCopies(wanted.size(), quotes);
            });
  }

  /** Every price that a SKU has had, newest first. */
  public Uni<PricePage> prices(SkuId skuId, int size, String pageToken) {
    List<Object> params = new ArrayList<>(List.of(skuId.value()));
    PageTokens.PageKey after = PageTokens.decode(pageToken, 1);
    if (after != null) {
      params.add(after.uuid(0));
    }
    params.add(size + 1);
    String sql = PRICES + (after == null ? "" : " AND c.id < ?") + " ORDER BY c.id DESC LIMIT ?";
    return reader
        .select(sql, params.toArray())
        .map(
            rows ->
                new PricePage(
                    rows.stream().limit(size).map(SkuQueries::price).toList(),
                    rows.size() > size ? PageTokens.encode(rows.get(size - 1).uuid(0)) : ""));
  }

  private static PriceChange price(SqlRow row) {
    return new PriceChange(
        new SkuId(row.uuid(1)),
        new Prices(row.fen(2), row.fen(3)),
        row.instant(4),
        row.text(5),
        row.text(6));
  }

  private static Quote quote(SqlRow row) {
    return new Quote(
        row.uuid(0),
        row.uuid(1),
        row.uuid(2),
        row.text(3),
        row.text(4),
        row.uuid(5),
        Lineage.of(row.bytes(6)).ids(),
        row.text(7),
        row.text(8),
        row.text(9),
        new Prices(row.fen(10), row.fen(11)),
        row.number(12),
        (int) row.number(13),
        ProductState.valueOf(row.text(14)),
        BrandState.valueOf(row.text(15)));
  }
}
