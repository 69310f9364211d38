package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows around products that are no aggregates: price history and search terms; set by set. */
@ApplicationScoped
public class ProductRows {

  private static final String ADD_PRICES =
      "INSERT INTO price_change"
          + " (id, sku_id, list_price, price, effective_from, changed_by, reason)"
          + " SELECT UNHEX(m.id), UNHEX(m.sku_id), m.list_price, m.price, m.effective_from,"
          + " m.changed_by, m.reason FROM JSON_TABLE(?, '$[*]' COLUMNS (id CHAR(32) PATH '$[0]',"
          + " sku_id CHAR(32) PATH '$[1]', list_price BIGINT PATH '$[2]', price BIGINT PATH '$[3]',"
          + " effective_from DATETIME(6) PATH '$[4]', changed_by VARCHAR(80) PATH '$[5]',"
          + " reason VARCHAR(200) PATH '$[6]')) m";

  private static final String DROP_TERMS =
      "DELETE t FROM JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN product_term t FORCE INDEX (PRIMARY)"
          + " ON t.product_id = UNHEX(m.product_id)";

  private static final String ADD_TERMS =
      "INSERT INTO product_term (product_id, term)"
          + " SELECT UNHEX(m.product_id), m.term FROM JSON_TABLE(?, '$[*]' COLUMNS ("
          + "product_id CHAR(32) PATH '$[0]', term VARCHAR(32) PATH '$[1]')) m";

  /** Adds prices to the history. */
  public Uni<Void> addPrices(SqlTransaction tx, List<PriceChange> changes) {
    if (changes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    JsonArray rows = new JsonArray();
    for (PriceChange change : changes) {
      rows.add(
          new JsonArray()
              .add(hex(Ids.next()))
              .add(hex(change.skuId().value()))
              .add(change.prices().list().minor())
              .add(change.prices().price().minor())
              .add(SqlParams.utc(change.effectiveFrom()).toString())
              .add(change.changedBy())
              .add(change.reason()));
    }
    return tx.execute(ADD_PRICES, rows.encode()).replaceWithVoid();
  }

  /** Makes the products found by these terms and no others. */
  public Uni<Void> replaceTerms(SqlTransaction tx, Map<UUID, SearchTerms> termsByProduct) {
    if (termsByProduct.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    JsonArray products = new JsonArray();
    JsonArray terms = new JsonArray();
    termsByProduct.forEach(
        (product, found) -> {
          products.add(hex(product));
          found.values().forEach(term -> terms.add(new JsonArray().add(hex(product)).add(term)));
        });
    return tx.execute(DROP_TERMS, products.encode())
        .chain(() -> tx.execute(ADD_TERMS, terms.encode()))
        .replaceWithVoid();
  }

  /** An id as the statements want it. */
  public static String hex(UUID id) {
    return String.format("%016x%016x", id.getMostSignificantBits(), id.getLeastSignificantBits());
  }
}
