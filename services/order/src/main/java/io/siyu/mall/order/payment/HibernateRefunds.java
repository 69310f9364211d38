package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Refunds in the database. */
@ApplicationScoped
public class HibernateRefunds implements Refunds {

  @Override
  public Uni<Refund> lock(RefundId id) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select("SELECT id FROM refund WHERE id = ? FOR UPDATE", id.value())
                    .chain(locked -> session.find(Refund.class, id.value())))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(REFUND_NOT_FOUND, "there is no such refund"));
  }

  @Override
  public Uni<Void> add(Refund refund) {
    return Panache.getSession().chain(session -> session.persist(refund));
  }
}
