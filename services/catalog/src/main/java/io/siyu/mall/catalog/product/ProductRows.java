package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The rows around products that are no aggregates: price history and search terms; set by set. */
@ApplicationScoped
public class ProductRows {

  private static final String DROP_TERMS =
      "DELETE t FROM JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m"
          + " STRAIGHT_JOIN product_term t FORCE INDEX (PRIMARY)"
          + " ON t.product_id = UNHEX(m.product_id)";

  /** Adds prices to the history. */
  public Uni<Void> addPrices(SqlTransaction tx, List<PriceChange> changes) {
    SqlValues rows =
        SqlValues.into(
            "price_change",
            "id",
            "sku_id",
            "list_price",
            "price",
            "effective_from",
            "changed_by",
            "reason");
    for (PriceChange change : changes) {
      rows.row(
          Ids.next(),
          change.skuId().value(),
          change.prices().list(),
          change.prices().price(),
          change.effectiveFrom(),
          change.changedBy(),
          change.reason());
    }
    return tx.insert(rows).replaceWithVoid();
  }

  /** Makes the products found by these terms and no others. */
  public Uni<Void> replaceTerms(SqlTransaction tx, Map<UUID, SearchTerms> termsByProduct) {
    if (termsByProduct.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    JsonArray products = new JsonArray();
    SqlValues terms = SqlValues.into("product_term", "product_id", "term");
    termsByProduct.forEach(
        (product, found) -> {
          products.add(Ids.hex(product));
          found.values().forEach(term -> terms.row(product, term));
        });
    return tx.execute(DROP_TERMS, products.encode())
        .chain(() -> tx.insert(terms))
        .replaceWithVoid();
  }
}
