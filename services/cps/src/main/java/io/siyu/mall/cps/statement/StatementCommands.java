package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.YearMonth;

/** What staff do about statements. */
@ApplicationScoped
public class StatementCommands {

  public static final String MONTH_NOT_OVER = "CPS_MONTH_NOT_OVER";

  private final Platforms platforms;
  private final Statements statements;
  private final StatementJobs jobs;
  private final OutsideClock outside;
  private final Clock clock;

  StatementCommands(
      Platforms platforms,
      Statements statements,
      StatementJobs jobs,
      OutsideClock outside,
      Clock clock) {
    this.platforms = platforms;
    this.statements = statements;
    this.jobs = jobs;
    this.outside = outside;
    this.clock = clock;
  }

  /**
   * Asks for a statement, which is made once this is committed; also again. One that is queued or
   * being made stays as it is.
   *
   * @throws DomainException {@value #MONTH_NOT_OVER}
   */
  public Uni<Statement> start(SqlTransaction tx, Platform platform, YearMonth month, String by) {
    var wanted = platforms.require(platform);
    if (!month.isBefore(BusinessTime.month(outside.instant()))) {
      throw DomainException.precondition(MONTH_NOT_OVER, "the month is not over")
          .with("month", month);
    }
    tx.afterCommit(() -> jobs.start(wanted));
    return statements
        .lock(tx, platform, month)
        .chain(
            known -> {
              if (known.isPresent() && known.get().isOpen()) {
                return Uni.createFrom().item(known.get());
              }
              Statement next =
                  known
                      .map(one -> one.again(by, clock.instant()))
                      .orElseGet(() -> Statement.queued(platform, month, by, clock.instant()));
              return statements.queue(tx, next).replaceWith(next);
            });
  }
}
