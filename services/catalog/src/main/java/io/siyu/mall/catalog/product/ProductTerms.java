package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What products are found by: their own texts, the numbers and specs of SKUs, the brand's name. */
@ApplicationScoped
public class ProductTerms {

  /** Where a term is from; what is in the title counts most. */
  static final int TITLE = 0;

  static final int TEXT = 1;
  static final int BRAND = 2;

  private static final String IDS =
      " FROM JSON_TABLE(?, '$[*]' COLUMNS (product_id CHAR(32) PATH '$')) m STRAIGHT_JOIN ";

  private static final String TEXTS =
      "SELECT p.id, p.title, p.brief, p.keywords, p.product_no, b.name"
          + IDS
          + "product p FORCE INDEX (PRIMARY) ON p.id = UNHEX(m.product_id)"
          + " STRAIGHT_JOIN brand b ON b.id = p.brand_id";

  private static final String SKUS =
      "SELECT s.product_id, s.sku_no, s.specs"
          + IDS
          + "sku s FORCE INDEX (sku_of_product) ON s.product_id = UNHEX(m.product_id)"
          + " ORDER BY s.product_id, s.position";

  private static final String DROP =
      "DELETE t"
          + IDS
          + "product_term t FORCE INDEX (PRIMARY) ON t.product_id = UNHEX(m.product_id)";

  private static final String DROP_OF_BRAND =
      "DELETE t FROM product p STRAIGHT_JOIN product_term t FORCE INDEX (PRIMARY)"
          + " ON t.product_id = p.id WHERE p.brand_id = ? AND t.part = 2";

  private static final String ADD_OF_BRAND =
      "INSERT INTO product_term (product_id, term, part) SELECT p.id, m.term, 2"
          + " FROM product p JOIN JSON_TABLE(?, '$[*]' COLUMNS (term VARCHAR(12) PATH '$')) m"
          + " WHERE p.brand_id = ?";

  /** Makes the products found by what is stored of them now, and by nothing else. */
  public Uni<Void> refresh(SqlTransaction tx, Collection<UUID> products) {
    if (products.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String ids = new JsonArray(products.stream().map(Ids::hex).sorted().toList()).encode();
    Map<UUID, Found> found = new LinkedHashMap<>();
    return tx.select(TEXTS, ids)
        .invoke(rows -> rows.forEach(row -> found.put(row.uuid(0), Found.of(row))))
        .chain(() -> tx.select(SKUS, ids))
        .invoke(rows -> rows.forEach(row -> found.get(row.uuid(0)).addSku(row)))
        .chain(() -> tx.execute(DROP, ids))
        .chain(() -> tx.insert(values(found)))
        .replaceWithVoid();
  }

  /** A brand has another name. */
  public Uni<Void> rename(SqlTransaction tx, UUID brandId, String name) {
    JsonArray terms = new JsonArray(List.copyOf(SearchTerms.of(name)));
    return tx.execute(DROP_OF_BRAND, brandId)
        .chain(() -> tx.execute(ADD_OF_BRAND, terms.encode(), brandId))
        .replaceWithVoid();
  }

  private static SqlValues values(Map<UUID, Found> found) {
    SqlValues values = SqlValues.into("product_term", "product_id", "term", "part");
    found.forEach(
        (product, terms) -> {
          terms.title.forEach(term -> values.row(product, term, TITLE));
          terms.text.forEach(term -> values.row(product, term, TEXT));
          terms.brand.forEach(term -> values.row(product, term, BRAND));
        });
    return values;
  }

  private record Found(Set<String> title, Set<String> text, Set<String> brand) {

    static Found of(SqlRow row) {
      Found found =
          new Found(
              SearchTerms.of(row.text(1)), new LinkedHashSet<>(), SearchTerms.of(row.text(5)));
      found.add(row.text(4));
      JsonText.texts(row.text(3)).forEach(found::add);
      found.add(row.text(2));
      return found;
    }

    void addSku(SqlRow row) {
      add(row.text(1));
      JsonText.values(row.text(2)).forEach(spec -> add(spec.value()));
    }

    private void add(String some) {
      if (text.size() < SearchTerms.MAX_TERMS) {
        text.addAll(SearchTerms.of(some));
      }
    }
  }
}
