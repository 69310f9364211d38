package io.siyu.mall.order.order;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;

/** Lets queries read what the transaction that is open has written so far. */
public interface OpenSql {

  /** The open transaction. */
  Uni<SqlTransaction> current();
}
