package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.product.JsonText;
import io.siyu.mall.catalog.product.NamedValue;
import io.siyu.mall.catalog.product.Prices;
import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.ProductRows;
import io.siyu.mall.catalog.product.ProductState;
import io.siyu.mall.catalog.product.ProductTerms;
import io.siyu.mall.catalog.stock.StockCommands;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads and writes the goods of a batch: a dozen statements, however many rows it has. */
@ApplicationScoped
public class GoodsRows {

  private static final String NUMBERS =
      " FROM JSON_TABLE(?, '$[*]' COLUMNS (brand_id CHAR(32) PATH '$[0]',"
          + " number VARCHAR(64) PATH '$[1]')) m STRAIGHT_JOIN ";

  private static final String PRODUCTS =
      "SELECT p.id, p.brand_id, p.product_no, p.category_id, p.title, p.brief, p.unit, p.keywords,"
          + " p.cover_url, p.gallery, p.attributes, p.detail_html, p.state"
          + NUMBERS
          + "product p FORCE INDEX (product_number) ON p.brand_id = UNHEX(m.brand_id)"
          + " AND p.product_no = m.number COLLATE utf8mb4_bin FOR UPDATE";

  private static final String SKU_COLUMNS =
      "SELECT s.id, s.product_id, s.brand_id, s.sku_no, s.position, s.specs, s.list_price, s.price,"
          + " s.after_sale_days, l.supplied, l.available";

  private static final String STOCK = " STRAIGHT_JOIN stock_level l ON l.sku_id = s.id";

  private static final String SKUS_BY_NUMBER =
      SKU_COLUMNS
          + NUMBERS
          + "sku s FORCE INDEX (sku_number) ON s.brand_id = UNHEX(m.brand_id)"
          + " AND s.sku_no = m.number COLLATE utf8mb4_bin"
          + STOCK;

  private static final String SKUS_BY_PRODUCT =
      SKU_COLUMNS
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN sku s ON s.product_id = UNHEX(m.product_id)"
          + STOCK;

  private static final String WRITE_PRODUCTS =
      "INSERT INTO product (id, brand_id, product_no, category_id, title, brief, unit, keywords,"
          + " cover_url, gallery, attributes, detail_html, state, state_reason, price_from, version,"
          + " created_at, published_at, listed_at) VALUES ";
  private static final String PRODUCT_ROW =
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?)";
  private static final String PRODUCT_AGAIN =
      " ON DUPLICATE KEY UPDATE category_id = VALUES(category_id), title = VALUES(title),"
          + " brief = VALUES(brief), unit = VALUES(unit), keywords = VALUES(keywords),"
          + " cover_url = VALUES(cover_url), gallery = VALUES(gallery),"
          + " attributes = VALUES(attributes), detail_html = VALUES(detail_html),"
          + " state = VALUES(state), state_reason = VALUES(state_reason), version = version + 1,"
          + " listed_at = COALESCE(VALUES(published_at), listed_at),"
          + " published_at = COALESCE(VALUES(published_at), published_at)";

  private static final String WRITE_SKUS =
      "INSERT INTO sku (id, product_id, brand_id, sku_no, position, specs, spec_text, list_price,"
          + " price, after_sale_days) VALUES ";
  private static final String SKU_ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String SKU_AGAIN =
      " ON DUPLICATE KEY UPDATE specs = VALUES(specs), spec_text = VALUES(spec_text),"
          + " list_price = VALUES(list_price), price = VALUES(price),"
          + " after_sale_days = VALUES(after_sale_days)";

  private static final String PRICE_FROM =
      "UPDATE JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN product p FORCE INDEX (PRIMARY) ON p.id = UNHEX(m.product_id)"
          + " SET p.price_from = (SELECT MIN(s.price) FROM sku s WHERE s.product_id = p.id)";

  private final ProductRows rows;
  private final ProductTerms terms;
  private final StockCommands stock;

  GoodsRows(ProductRows rows, ProductTerms terms, StockCommands stock) {
    this.rows = rows;
    this.terms = terms;
    this.stock = stock;
  }

  /** Locks and reads what is stored of the products that the rows name, and of their SKUs. */
  Uni<StoredGoods> lock(SqlTransaction tx, List<PlacedRow> batch) {
    Map<PlacedRow.Number, StoredGoods.Product> products = new HashMap<>();
    Map<PlacedRow.Number, StoredGoods.Sku> skus = new HashMap<>();
    return tx.select(PRODUCTS, numbers(batch.stream().map(PlacedRow::product).toList()))
        .invoke(
            found ->
                found.forEach(
                    r -> products.put(new PlacedRow.Number(r.uuid(1), r.text(2)), product(r))))
        .chain(
            () ->
                tx.select(
                    SKUS_BY_NUMBER, numbers(batch.stream().map(PlacedRow::skuNumber).toList())))
        .invoke(found -> found.forEach(r -> addSku(skus, r)))
        .chain(
            () ->
                tx.select(
                    SKUS_BY_PRODUCT,
                    ids(products.values().stream().map(StoredGoods.Product::id).toList())))
        .invoke(found -> found.forEach(r -> addSku(skus, r)))
        .replaceWith(() -> new StoredGoods(products, skus));
  }

  /** Writes the plan. */
  Uni<Void> write(SqlTransaction tx, ImportPlan plan, ImportOrder order, Instant now) {
    String by = order.caller().key();
    String reason = order.reason();
    return writeProducts(tx, plan.products(), now)
        .chain(() -> writeSkus(tx, plan.skus()))
        .chain(() -> stock.open(tx, plan.supplies(), reason, by))
        .chain(() -> rows.addPrices(tx, plan.priceChanges(by, reason, now)))
        .chain(() -> terms.refresh(tx, plan.written()));
  }

  private Uni<Void> writeProducts(
      SqlTransaction tx, List<ImportPlan.ProductWrite> writes, Instant now) {
    if (writes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> params = new ArrayList<>();
    for (ImportPlan.ProductWrite write : writes) {
      ProductContent content = write.content();
      params.add(write.id());
      params.add(write.brandId());
      params.add(write.productNo());
      params.add(content.categoryId().value());
      params.add(content.title());
      params.add(content.brief());
      params.add(content.unit());
      params.add(JsonText.ofTexts(content.keywords()));
      params.add(content.coverUrl());
      params.add(JsonText.ofTexts(content.galleryUrls()));
      params.add(JsonText.ofValues(content.attributes()));
      params.add(content.detailHtml());
      params.add(write.state());
      params.add(write.state() == ProductState.WITHDRAWN ? "import" : "");
      params.add(now);
      params.add(write.listed() ? now : null);
      params.add(now);
    }
    return tx.execute(
            WRITE_PRODUCTS + repeated(PRODUCT_ROW, writes.size()) + PRODUCT_AGAIN, params.toArray())
        .replaceWithVoid();
  }

  private Uni<Void> writeSkus(SqlTransaction tx, List<ImportPlan.SkuWrite> writes) {
    if (writes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> params = new ArrayList<>();
    for (ImportPlan.SkuWrite write : writes) {
      params.add(write.id());
      params.add(write.productId());
      params.add(write.brandId());
      params.add(write.sku().skuNo());
      params.add(write.position());
      params.add(JsonText.ofValues(write.sku().specs()));
      params.add(NamedValue.text(write.sku().specs()));
      params.add(write.sku().prices().list());
      params.add(write.sku().prices().price());
      params.add(write.sku().afterSaleDays());
    }
    String sql = WRITE_SKUS + repeated(SKU_ROW, writes.size()) + SKU_AGAIN;
    List<UUID> products = writes.stream().map(ImportPlan.SkuWrite::productId).distinct().toList();
    return tx.execute(sql, params.toArray())
        .chain(() -> tx.execute(PRICE_FROM, ids(products)))
        .replaceWithVoid();
  }

  private static void addSku(Map<PlacedRow.Number, StoredGoods.Sku> skus, SqlRow row) {
    skus.put(
        new PlacedRow.Number(row.uuid(2), row.text(3)),
        new StoredGoods.Sku(
            row.uuid(0),
            row.uuid(1),
            row.text(3),
            (int) row.number(4),
            JsonText.values(row.text(5)),
            new Prices(row.fen(6), row.fen(7)),
            (int) row.number(8),
            row.number(9),
            row.number(10)));
  }

  private static StoredGoods.Product product(SqlRow row) {
    return new StoredGoods.Product(
        row.uuid(0),
        new ProductContent(
            new CategoryId(row.uuid(3)),
            row.text(4),
            row.text(5),
            row.text(6),
            JsonText.texts(row.text(7)),
            row.text(8),
            JsonText.texts(row.text(9)),
            JsonText.values(row.text(10)),
            row.text(11)),
        ProductState.valueOf(row.text(12)));
  }

  /** Sorted: two imports that lock the same products do so in the same order. */
  private static String numbers(List<PlacedRow.Number> numbers) {
    return new JsonArray(
            numbers.stream()
                .distinct()
                .map(n -> List.of(Ids.hex(n.brandId()), n.number()))
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .map(JsonArray::new)
                .toList())
        .encode();
  }

  private static String ids(List<UUID> ids) {
    return new JsonArray(ids.stream().map(Ids::hex).sorted().toList()).encode();
  }

  private static String repeated(String row, int times) {
    return row + (", " + row).repeat(times - 1);
  }
}
