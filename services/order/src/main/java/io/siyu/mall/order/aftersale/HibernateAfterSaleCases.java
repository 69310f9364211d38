package io.siyu.mall.order.aftersale;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Cases in the database. */
@ApplicationScoped
public class HibernateAfterSaleCases implements AfterSaleCases {

  private final Pool pool;

  HibernateAfterSaleCases(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<OrderId> orderOf(CaseId id) {
    return pool.withConnection(
            c ->
                SqlTransaction.of(c)
                    .select("SELECT order_id FROM after_sale_case WHERE id = ?", id.value()))
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw notFound();
              }
              return new OrderId(rows.get(0).uuid(0));
            });
  }

  @Override
  public Uni<AfterSaleCase> get(CaseId id) {
    return Panache.getSession()
        .chain(session -> session.find(AfterSaleCase.class, id.value()))
        .onItem()
        .ifNull()
        .failWith(HibernateAfterSaleCases::notFound);
  }

  @Override
  public Uni<Void> add(AfterSaleCase opened) {
    return Panache.getSession().chain(session -> session.persist(opened)).chain(() -> save(opened));
  }

  @Override
  public Uni<Void> save(AfterSaleCase changed) {
    return Panache.getSession()
        .chain(session -> session.persistAll(changed.drainEntries().toArray()));
  }

  private static DomainException notFound() {
    return DomainException.notFound(CASE_NOT_FOUND, "there is no such after-sale case");
  }
}
