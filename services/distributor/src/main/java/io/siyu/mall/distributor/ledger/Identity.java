package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;

/** An identity of the books that another capability knows; {@link Reconciliation} runs it too. */
public interface Identity {

  /** Compares it over all data, in the snapshot that the others are compared in. */
  Uni<Check> check(SqlReader tx);
}
