package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What each person received and what was withheld, by calendar year. */
public interface TaxYears {

  /** The regimes there are and were. */
  Uni<List<TaxRegime>> regimes(SqlTransaction tx);

  /**
   * The year so far of the person that the member is, all members that the person is known to be
   * together; locked, so that two payments of a person are taxed one after the other.
   */
  Uni<Withholding.YearSoFar> lock(SqlTransaction tx, UUID memberId, int year);

  /** Counts a payment. */
  Uni<Void> count(SqlTransaction tx, Withdrawal withdrawal, LocalDate day, Withholding withholding);

  /** The payment failed: it counts no longer. */
  Uni<Void> cancel(SqlTransaction tx, UUID withdrawalId);

  /** The payment was never made, and may be on another day: as if it had not been counted. */
  Uni<Void> forget(SqlTransaction tx, UUID withdrawalId);
}
