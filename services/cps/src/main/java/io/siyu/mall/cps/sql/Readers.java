package io.siyu.mall.cps.sql;

import io.siyu.mall.platform.sql.SqlReader;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives those who read outside of a transaction what they read by. */
@ApplicationScoped
class Readers {

  @Produces
  @Singleton
  SqlReader reader(Pool pool) {
    return SqlReader.of(pool);
  }
}
