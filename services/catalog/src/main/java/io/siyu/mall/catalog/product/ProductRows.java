package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The rows around products that are no aggregates: the price history; set by set. */
@ApplicationScoped
public class ProductRows {

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
}
