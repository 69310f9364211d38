package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/** Refunds in the database. */
@ApplicationScoped
public class HibernateRefunds implements Refunds {

  @Override
  public Uni<List<Refund>> lock(List<RefundId> ids) {
    Object[] values = ids.stream().map(RefundId::value).toArray();
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select(
                        "SELECT id FROM refund WHERE id IN ("
                            + Scope.marks(values.length)
                            + ") ORDER BY id FOR UPDATE",
                        values)
                    .chain(
                        locked ->
                            session
                                .createQuery(
                                    "from Refund r where r.id in :ids order by r.id", Refund.class)
                                .setParameter("ids", List.of(values))
                                .getResultList()))
        .invoke(
            found -> {
              if (found.size() != ids.size()) {
                throw DomainException.notFound(REFUND_NOT_FOUND, "there is no such refund");
              }
            });
  }

  @Override
  public Uni<List<Refund>> lockOf(TradeId trade, PaymentId payment) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select("SELECT id FROM trade WHERE id = ? FOR UPDATE", trade.value())
                    .chain(
                        locked ->
                            SqlTransaction.of(session)
                                .select(
                                    "SELECT id FROM refund WHERE payment_id = ? ORDER BY id"
                                        + " FOR UPDATE",
                                    payment.value()))
                    .chain(locked -> ofPayment(session, payment)));
  }

  private static Uni<List<Refund>> ofPayment(Mutiny.Session session, PaymentId payment) {
    return session
        .createQuery("from Refund r where r.paymentId = :payment order by r.id", Refund.class)
        .setParameter("payment", payment.value())
        .getResultList();
  }

  @Override
  public Uni<Void> add(Refund refund) {
    return Panache.getSession().chain(session -> session.persist(refund));
  }

  @Override
  public Uni<Boolean> add(RefundDecision decision, UUID id) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .find(RefundDecision.class, id)
                    .chain(
                        known ->
                            known != null
                                ? Uni.createFrom().item(false)
                                : session.persist(decision).replaceWith(true)));
  }
}
