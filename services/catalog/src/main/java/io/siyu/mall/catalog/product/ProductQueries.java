package io.siyu.mall.catalog.product;

import io.siyu.mall.catalog.brand.BrandState;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Caller;
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
  static final String TABLES =
      "product p STRAIGHT_JOIN brand b ON b.id = p.brand_id"
          + " STRAIGHT_JOIN category c ON c.id = p.category_id";

  /** After the columns of {@link #HEAD}. */
  private static final int HITS = HEAD.split(",").length;

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
              boolean visible = product.onSale() || caller.reach().includes(product.brandCode());
              if (!visible) {
                throw unknown();
              }
            });
  }

  /** The product, as {@link #get}, for what is shown to the brand's own staff alone. */
  public Uni<ProductView> own(Caller caller, ProductId id) {
    return read(reader, id)
        .invoke(
            product -> {
              if (!caller.reach().includes(product.brandCode())) {
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
    ProductListing listing = new ProductListing(filter);
    List<ProductListing.Part> parts = listing.parts();
    ProductListing.Place place = listing.place(pageToken);
    int from = place == null ? 0 : parts.indexOf(place.part());
    return fill(listing, parts.subList(from, parts.size()), place, size + 1, List.of())
        .chain(
            found ->
                withSkus(reader, found.stream().limit(size).map(Found::product).toList())
                    .map(page -> new ProductPage(page, next(listing, found, size))));
  }

  private record Found(ProductListing.Part part, long hits, ProductView product) {}

  /** Goes from one part of the list to the next until there are enough. */
  private Uni<List<Found>> fill(
      ProductListing listing,
      List<ProductListing.Part> parts,
      ProductListing.Place place,
      int enough,
      List<Found> before) {
    if (parts.isEmpty() || before.size() == enough || !isWanted(parts.get(0), place, before)) {
      return Uni.createFrom().item(before);
    }
    ProductListing.Part part = parts.get(0);
    ProductListing.Place after = place != null && place.part() == part ? place : null;
    ProductListing.Statement statement =
        listing.statement(HEAD, TABLES, part, after, enough - before.size());
    return reader
        .select(statement.sql(), statement.params().toArray())
        .chain(
            rows -> {
              List<Found> found = new ArrayList<>(before);
              rows.forEach(r -> found.add(new Found(part, r.number(HITS), view(r, false))));
              return fill(listing, parts.subList(1, parts.size()), place, enough, found);
            });
  }

  /** Those that have most of the words are for a list that has none with all. */
  private static boolean isWanted(
      ProductListing.Part part, ProductListing.Place place, List<Found> before) {
    boolean isFirst = place == null ? before.isEmpty() : place.part() == part;
    return part != ProductListing.Part.MOST || isFirst;
  }

  private static String next(ProductListing listing, List<Found> found, int size) {
    if (found.size() <= size) {
      return "";
    }
    Found last = found.get(size - 1);
    return listing.token(last.part, last.hits, last.product);
  }

  /** The product, whoever asks; in a transaction as that has written it. */
  Uni<ProductView> read(SqlReader from, ProductId id) {
    return from.select(HEAD + BODY + " FROM " + TABLES + " WHERE p.id = ?", id.value())
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
