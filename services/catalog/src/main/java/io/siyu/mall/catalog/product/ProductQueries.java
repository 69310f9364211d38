package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandState;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads of products. */
@ApplicationScoped
public class ProductQueries {

  public static final String PRODUCT_UNKNOWN = "PRODUCT_UNKNOWN";
  public static final String SKU_UNKNOWN = "SKU_UNKNOWN";

  private static final String HEAD =
      "SELECT p.id, p.product_no, p.brand_id, b.code, b.name, p.category_id, c.path, p.title,"
          + " p.brief, p.unit, p.keywords, p.cover_url, p.state, p.price_from, p.version,"
          + " p.created_at, p.published_at, p.listed_at, b.state";
  private static final String BODY = ", p.gallery, p.attributes, p.detail_html";

  /** Products first, by the index of the order: the page is full before others are joined. */
  private static final String FROM =
      " FROM product p STRAIGHT_JOIN brand b ON b.id = p.brand_id"
          + " STRAIGHT_JOIN category c ON c.id = p.category_id";

  private static final String SKUS =
      "SELECT s.id, s.product_id, s.sku_no, s.specs, s.list_price, s.price, s.after_sale_days,"
          + " l.available FROM JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN sku s ON s.product_id = UNHEX(m.product_id)"
          + " STRAIGHT_JOIN stock_level l ON l.sku_id = s.id ORDER BY s.product_id, s.position";

  private final SqlReader reader;

  ProductQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** A page of products. */
  public record ProductPage(List<ProductView> products, String nextPageToken) {}

  /**
   * The product.
   *
   * @return a failure NOT_FOUND PRODUCT_UNKNOWN when there is none that the caller may see
   */
  public Uni<ProductView> get(Caller caller, ProductId id) {
    return read(reader, id)
        .invoke(
            product -> {
              boolean visible =
                  product.onSale()
                      || caller.seesAllBrands()
                      || caller.isStaff() && caller.brandCodes().contains(product.brandCode());
              if (!visible) {
                throw unknown();
              }
            });
  }

  /** The product that has the SKU, or a failure NOT_FOUND SKU_UNKNOWN. */
  public Uni<ProductId> ofSku(SkuId id) {
    return reader
        .select("SELECT product_id FROM sku WHERE id = ?", id.value())
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(SKU_UNKNOWN, "no such SKU");
              }
              return new ProductId(rows.get(0).uuid(0));
            });
  }

  /** A page of the products that the filter names and the caller may see. */
  public Uni<ProductPage> list(ProductFilter filter, int size, String pageToken) {
    List<Object> params = new ArrayList<>();
    StringBuilder sql = new StringBuilder(HEAD).append(FROM).append(" WHERE 1 = 1");
    if (!where(filter, sql, params)) {
      return Uni.createFrom().item(new ProductPage(List.of(), ""));
    }
    after(filter.sort(), pageToken, sql, params);
    sql.append(filter.sort().orderBy()).append(" LIMIT ?");
    params.add(size + 1);
    return reader
        .select(sql.toString(), params.toArray())
        .chain(
            rows ->
                withSkus(reader, rows.stream().limit(size).map(r -> view(r, false)).toList())
                    .map(
                        page ->
                            new ProductPage(page, rows.size() > size ? token(filter, page) : "")));
  }

  /** The product, whoever asks; in a transaction as that has written it. */
  Uni<ProductView> read(SqlReader from, ProductId id) {
    return from.select(HEAD + BODY + FROM + " WHERE p.id = ?", id.value())
        .chain(
            rows -> {
              if (rows.isEmpty()) {
                throw unknown();
              }
              return withSkus(from, List.of(view(rows.get(0), true)));
            })
        .map(products -> products.get(0));
  }

  private static Uni<List<ProductView>> withSkus(SqlReader from, List<ProductView> products) {
    if (products.isEmpty()) {
      return Uni.createFrom().item(products);
    }
    JsonArray ids = new JsonArray(products.stream().map(p -> Ids.hex(p.id())).toList());
    return from.select(SKUS, ids.encode())
        .map(
            rows -> {
              Map<UUID, List<ProductView.SkuView>> byProduct = new LinkedHashMap<>();
              products.forEach(p -> byProduct.put(p.id(), new ArrayList<>()));
              rows.forEach(row -> byProduct.get(row.uuid(1)).add(sku(row)));
              return products.stream().map(p -> p.with(byProduct.get(p.id()))).toList();
            });
  }

  /**
   * @return false when nothing can match
   */
  private static boolean where(ProductFilter filter, StringBuilder sql, List<Object> params) {
    visible(filter, sql, params);
    if (filter.brandId() != null) {
      sql.append(" AND p.brand_id = ?");
      params.add(filter.brandId());
    }
    if (filter.categoryId() != null) {
      sql.append(
          " AND p.category_id IN (SELECT d.id FROM category d JOIN category a"
              + " ON LEFT(d.lineage, LENGTH(a.lineage)) = a.lineage WHERE a.id = ?)");
      params.add(filter.categoryId());
    }
    if (filter.query().isBlank()) {
      return true;
    }
    List<SearchTerms.QueryTerm> terms = SearchTerms.query(filter.query());
    for (SearchTerms.QueryTerm term : terms) {
      sql.append(" AND EXISTS (SELECT 1 FROM product_term t WHERE t.product_id = p.id AND t.term ")
          .append(term.prefix() ? "LIKE ?)" : "= ?)");
      params.add(term.prefix() ? term.text() + "%" : term.text());
    }
    return !terms.isEmpty();
  }

  /** Shoppers see what is on sale; a brand's staff also the rest of theirs. */
  private static void visible(ProductFilter filter, StringBuilder sql, List<Object> params) {
    Caller caller = filter.caller();
    boolean staffOfBrands = caller.isStaff() && !caller.brandCodes().isEmpty();
    if (!caller.seesAllBrands() && !staffOfBrands) {
      sql.append(" AND p.state = 'PUBLISHED' AND b.state = 'ON_SALE'");
      return;
    }
    if (filter.state() != null) {
      sql.append(" AND p.state = ?");
      params.add(filter.state());
    }
    if (!caller.seesAllBrands()) {
      String own = "?" + ", ?".repeat(caller.brandCodes().size() - 1);
      sql.append(" AND (b.code IN (").append(own).append(')');
      params.addAll(caller.brandCodes());
      sql.append(
          filter.brandId() == null ? ")" : " OR p.state = 'PUBLISHED' AND b.state = 'ON_SALE')");
    }
  }

  private static void after(
      ProductFilter.Sort sort, String pageToken, StringBuilder sql, List<Object> params) {
    PageTokens.PageKey after = PageTokens.decode(pageToken, 3);
    if (after == null) {
      return;
    }
    if (!after.text(0).equals(sort.name())) {
      throw DomainException.invalid("page_token", "is of a list in another order");
    }
    Object key = sort == ProductFilter.Sort.NEWEST ? after.instant(1) : after.number(1);
    sql.append(" AND ").append(sort.after());
    params.addAll(List.of(key, key, after.uuid(2)));
  }

  private static String token(ProductFilter filter, List<ProductView> page) {
    ProductView last = page.get(page.size() - 1);
    Object key =
        filter.sort() == ProductFilter.Sort.NEWEST ? last.listedAt() : last.priceFrom().minor();
    return PageTokens.encode(filter.sort().name(), key, last.id());
  }

  private static DomainException unknown() {
    return DomainException.notFound(PRODUCT_UNKNOWN, "no such product");
  }

  private static ProductView view(SqlRow row, boolean whole) {
    return new ProductView(
        row.uuid(0),
        row.text(1),
        row.uuid(2),
        row.text(3),
        row.text(4),
        BrandState.valueOf(row.text(18)),
        row.uuid(5),
        row.text(6),
        row.text(7),
        row.text(8),
        row.text(9),
        JsonText.texts(row.text(10)),
        row.text(11),
        ProductState.valueOf(row.text(12)),
        row.fen(13),
        row.number(14),
        row.instant(15),
        row.instant(16),
        row.instant(17),
        whole
            ? new ProductView.Body(
                JsonText.texts(row.text(19)), JsonText.values(row.text(20)), row.text(21))
            : null,
        List.of());
  }

  private static ProductView.SkuView sku(SqlRow row) {
    return new ProductView.SkuView(
        row.uuid(0),
        row.uuid(1),
        row.text(2),
        JsonText.values(row.text(3)),
        new Prices(row.fen(4), row.fen(5)),
        (int) row.number(6),
        row.number(7));
  }
}
