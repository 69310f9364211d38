package io.siyu.mall.order.payment;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.platform.error.DomainException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Payments in the database. */
@ApplicationScoped
public class HibernatePayments implements Payments {

  @Override
  public Uni<Payment> get(PaymentId id) {
    return Panache.getSession()
        .chain(session -> session.find(Payment.class, id.value()))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(PAYMENT_NOT_FOUND, "there is no such payment"));
  }

  @Override
  public Uni<List<Payment>> ofTrade(TradeId trade) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createQuery(
                        "from Payment p where p.tradeId = :trade order by p.createdAt, p.id",
                        Payment.class)
                    .setParameter("trade", trade.value())
                    .getResultList());
  }

  @Override
  public Uni<Void> add(Payment payment) {
    return Panache.getSession().chain(session -> session.persist(payment));
  }
}
