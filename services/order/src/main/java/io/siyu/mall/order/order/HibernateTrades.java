package io.siyu.mall.order.order;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Trades in the database. */
@ApplicationScoped
public class HibernateTrades implements Trades {

  @Override
  public Uni<Trade> lock(TradeId id) {
    return Panache.getSession()
        .chain(
            session ->
                SqlTransaction.of(session)
                    .select("SELECT id FROM trade WHERE id = ? FOR UPDATE", id.value())
                    .chain(locked -> session.find(Trade.class, id.value())))
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(TRADE_NOT_FOUND, "there is no such trade"));
  }
}
