package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.LocalDate;

/**
 * What finance's consent leads to, as things are at that moment: tax is fixed, cumulatively over
 * the person's year, unless the distributor is suspended. Then it is held; and it goes on by itself
 * once they no longer are, with the tax of that day.
 */
final class WithdrawalApprovals {

  private static final String WHY_HELD = "分销员已被暂停，恢复或关闭后继续";

  private final Withdrawals withdrawals;
  private final TaxYears taxYears;
  private final Clock clock;

  WithdrawalApprovals(Withdrawals withdrawals, TaxYears taxYears, Clock clock) {
    this.withdrawals = withdrawals;
    this.taxYears = taxYears;
    this.clock = clock;
  }

  /** Finance agrees. */
  Uni<Void> approve(SqlTransaction tx, Withdrawal withdrawal, String by) {
    withdrawal.requireApprovable();
    return withdrawals
        .receiver(tx, withdrawal.memberId())
        .chain(
            receiver -> {
              if (!receiver.suspended()) {
                return fix(tx, withdrawal, by)
                    .chain(() -> decided(tx, withdrawal, Decision.Kind.APPROVED, "", by));
              }
              withdrawal.hold(by);
              return decided(tx, withdrawal, Decision.Kind.APPROVED, "", by)
                  .chain(() -> held(tx, withdrawal));
            });
  }

  /** The distributor was suspended after finance had agreed. */
  Uni<Void> hold(SqlTransaction tx, Withdrawal withdrawal) {
    withdrawal.hold(withdrawal.decidedBy());
    return taxYears.forget(tx, withdrawal.id()).chain(() -> held(tx, withdrawal));
  }

  /** The distributor is suspended no more: finance's consent holds, unless tax takes it all now. */
  Uni<Void> release(SqlTransaction tx, Withdrawal withdrawal) {
    return decided(tx, withdrawal, Decision.Kind.RELEASED, "", Decision.SYSTEM)
        .chain(() -> fix(tx, withdrawal, withdrawal.decidedBy()))
        .onFailure(WithdrawalApprovals::nothingLeft)
        .recoverWithUni(
            failure -> {
              withdrawal.reopen(failure.getMessage());
              return withdrawals.save(tx, withdrawal);
            });
  }

  private Uni<Void> fix(SqlTransaction tx, Withdrawal withdrawal, String by) {
    LocalDate today = BusinessTime.today(clock);
    return withhold(tx, withdrawal, today)
        .invoke(tax -> withdrawal.approve(tax, by, clock.instant()))
        .chain(tax -> taxYears.count(tx, withdrawal, today, tax))
        .chain(() -> withdrawals.save(tx, withdrawal));
  }

  private Uni<Withholding> withhold(SqlTransaction tx, Withdrawal withdrawal, LocalDate today) {
    return taxYears
        .lock(tx, withdrawal.memberId(), today.getYear())
        .chain(
            soFar ->
                taxYears
                    .regimes(tx)
                    .map(
                        regimes ->
                            Withholding.of(
                                TaxRegime.on(today, regimes), soFar, withdrawal.amount(), today)));
  }

  private Uni<Void> held(SqlTransaction tx, Withdrawal withdrawal) {
    return withdrawals
        .save(tx, withdrawal)
        .chain(() -> decided(tx, withdrawal, Decision.Kind.HELD, WHY_HELD, Decision.SYSTEM));
  }

  private Uni<Void> decided(
      SqlTransaction tx, Withdrawal withdrawal, Decision.Kind kind, String reason, String by) {
    return withdrawals.decided(
        tx, withdrawal.id(), new Decision(kind, by, reason, clock.instant()));
  }

  private static boolean nothingLeft(Throwable failure) {
    return failure instanceof DomainException refusal
        && refusal.reason().equals(Withdrawal.NOTHING_LEFT);
  }
}
