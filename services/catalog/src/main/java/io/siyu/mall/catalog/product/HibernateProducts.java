package io.siyu.mall.catalog.product;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.stock.StockCommands;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.reactive.mutiny.Mutiny;

/** Products in the database; their price history, search terms and stock go with them. */
@ApplicationScoped
public class HibernateProducts implements Products {

  private static final String FIRST_PIECES = "first pieces";

  private final ProductRows rows;
  private final ProductTerms terms;
  private final StockCommands stock;
  private final ProductQueries queries;

  HibernateProducts(
      ProductRows rows, ProductTerms terms, StockCommands stock, ProductQueries queries) {
    this.rows = rows;
    this.terms = terms;
    this.stock = stock;
    this.queries = queries;
  }

  @Override
  public Uni<Product> get(ProductId id) {
    return Panache.getSession()
        .chain(session -> session.find(Product.class, id.value(), LockMode.PESSIMISTIC_WRITE))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(ProductQueries.PRODUCT_UNKNOWN, "no such product"))
        .call(product -> Mutiny.fetch(product.mappedSkus()));
  }

  @Override
  public Uni<Product> add(Product product, Map<SkuId, Long> supplies, String by) {
    Map<UUID, Long> pieces =
        supplies.entrySet().stream()
            .collect(Collectors.toMap(e -> e.getKey().value(), Map.Entry::getValue));
    return Panache.getSession()
        .chain(session -> session.persist(product))
        .chain(() -> save(product))
        .call(() -> transaction().chain(tx -> stock.open(tx, pieces, FIRST_PIECES, by)));
  }

  @Override
  public Uni<Product> save(Product product) {
    List<PriceChange> prices = product.takePriceChanges();
    return transaction()
        .call(tx -> rows.addPrices(tx, prices))
        .call(tx -> terms.refresh(tx, List.of(product.id().value())))
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            taken ->
                new DomainException(
                    Kind.ALREADY_EXISTS,
                    "PRODUCT_EXISTS",
                    "the brand has this product or SKU number already"))
        .replaceWith(product);
  }

  @Override
  public Uni<Product> save(Product product, SkuId added, long supply, String by) {
    return save(product)
        .call(
            () ->
                transaction()
                    .chain(tx -> stock.open(tx, Map.of(added.value(), supply), FIRST_PIECES, by)));
  }

  @Override
  public Uni<ProductView> view(ProductId id) {
    return transaction().chain(tx -> queries.read(tx, id));
  }

  @Override
  public Uni<Void> brandRenamed(BrandId id, String name) {
    return transaction().chain(tx -> terms.rename(tx, id.value(), name));
  }

  /** Each of its statements flushes the aggregate first. */
  private static Uni<SqlTransaction> transaction() {
    return Panache.getSession().map(SqlTransaction::of);
  }
}
