package io.siyu.mall.cps.order;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;

/** Says whether a transaction may still write: whoever brings documents must not be outdated. */
@FunctionalInterface
public interface Fence {

  /** Nothing stands in the way: nobody else brings documents of these orders. */
  Fence NONE = tx -> Uni.createFrom().voidItem();

  /** Fails when the transaction must not write; else it may, until it commits. */
  Uni<Void> check(SqlTransaction tx);
}
