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

  /** The year so far; locked, so that two payments of a person are taxed one after the other. */
  Uni<Withholding.YearSoFar> lock(SqlTransaction tx, String personHash, int year);

  /** Counts a payment. */
  Uni<Void> count(
      SqlTransaction tx,
      Withdrawal withdrawal,
      String personHash,
      LocalDate day,
      Withholding withholding);

  /** The payment failed: it counts no longer. */
  Uni<Void> cancel(SqlTransaction tx, UUID withdrawalId);
}
