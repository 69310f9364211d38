package io.siyu.mall.order.order;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The transaction of the session that is open. */
@ApplicationScoped
public class HibernateOpenSql implements OpenSql {

  @Override
  public Uni<SqlTransaction> current() {
    return Panache.getSession().map(SqlTransaction::of);
  }
}
