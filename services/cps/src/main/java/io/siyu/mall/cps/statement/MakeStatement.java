package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Batch;
import io.siyu.mall.cps.affiliate.ClawbackTime;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.affiliate.TimeWindow;
import io.siyu.mall.cps.affiliate.WindowWalk;
import io.siyu.mall.cps.lease.Lease;
import io.siyu.mall.cps.lease.Leases;
import io.siyu.mall.cps.order.Clawback;
import io.siyu.mall.cps.platform.Platform;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Makes the statement of a platform and month: reads what the platform says was settled in it, and
 * what it took back in it, by its own settlement side and page by page; then compares that with
 * what we hold. It asks anew, so it also finds what no sync has brought.
 */
@ApplicationScoped
public class MakeStatement {

  private static final Logger LOG = Logger.getLogger(MakeStatement.class);

  private final Leases leases;
  private final Statements statements;
  private final Comparison comparison;
  private final Clock clock;

  MakeStatement(Leases leases, Statements statements, Comparison comparison, Clock clock) {
    this.leases = leases;
    this.statements = statements;
    this.comparison = comparison;
    this.clock = clock;
  }

  /**
   * Makes one that is queued, or was interrupted.
   *
   * @return whether it was made, well or not; false: another replica is at one of this platform's,
   *     or nobody asked for it
   */
  public Uni<Boolean> make(AffiliatePlatform platform, YearMonth month) {
    return leases
        .take("STATEMENT-" + platform.platform())
        .chain(
            lease ->
                lease
                    .map(mine -> leases.hold(mine, () -> new Run(platform, month, mine).all()))
                    .orElseGet(() -> Uni.createFrom().item(false)));
  }

  /** One statement being made; used by one chain. */
  private final class Run {
    private final AffiliatePlatform platform;
    private final Platform name;
    private final YearMonth month;
    private final Instant from;
    private final Instant until;
    private final UUID id;
    private final Lease lease;

    Run(AffiliatePlatform platform, YearMonth month, Lease lease) {
      this.platform = platform;
      this.name = platform.platform();
      this.month = month;
      this.from = Statement.from(month);
      this.until = Statement.until(month);
      this.id = Statement.id(name, month);
      this.lease = lease;
    }

    Uni<Boolean> all() {
      return leases
          .fenced(lease, tx -> statements.begin(tx, id, clock.instant()))
          .chain(wanted -> wanted ? theirs().replaceWith(true) : Uni.createFrom().item(false));
    }

    private Uni<Void> theirs() {
      return orders()
          .chain(this::clawbacks)
          .chain(
              () ->
                  leases.fenced(lease, tx -> comparison.compare(tx, name, month, clock.instant())))
          .onFailure()
          .recoverWithUni(this::failed);
    }

    private Uni<Void> failed(Throwable failure) {
      LOG.warnf("the statement of %s for %s was not made: %s", name, month, failure.toString());
      return leases.fenced(
          lease,
          tx -> statements.fail(tx, id, String.valueOf(failure.getMessage()), clock.instant()));
    }

    /** A platform that cannot be asked by settling has nothing to compare with. */
    private Uni<Void> orders() {
      Duration longest = platform.rules().longestWindow().get(Question.SETTLED);
      if (longest == null) {
        return Uni.createFrom()
            .failure(new IllegalStateException(name + " cannot be asked for what it settled"));
      }
      return windows(longest, window -> orders(window, null, 0));
    }

    private Uni<Integer> orders(TimeWindow window, String page, int before) {
      return platform
          .orders(Question.SETTLED, window, page)
          .call(batch -> store(batch, this::settled))
          .chain(
              batch ->
                  batch.next() == null
                      ? Uni.createFrom().item(before + 1)
                      : orders(window, batch.next(), before + 1));
    }

    private List<StatementLine> settled(Batch<io.siyu.mall.cps.order.OrderDocument> batch) {
      List<StatementLine> lines = new ArrayList<>();
      batch.entries().stream()
          .filter(d -> d.settled() != null && isInMonth(d.settledAt()))
          .forEach(d -> lines.add(StatementLine.of(d)));
      return lines;
    }

    private Uni<Void> clawbacks() {
      return windows(
          platform.rules().longestWindow().get(Question.CLAWBACKS),
          window -> clawbacks(window, null, 0));
    }

    private Uni<Integer> clawbacks(TimeWindow window, String page, int before) {
      return platform
          .clawbacks(ClawbackTime.DECIDED, window, page)
          .call(batch -> store(batch, this::takenBack))
          .chain(
              batch ->
                  batch.next() == null
                      ? Uni.createFrom().item(before + 1)
                      : clawbacks(window, batch.next(), before + 1));
    }

    private List<StatementLine> takenBack(Batch<Clawback> batch) {
      List<StatementLine> lines = new ArrayList<>();
      batch.entries().stream()
          .filter(c -> c.state() == Clawback.State.EFFECTIVE && isInMonth(c.decidedAt()))
          .forEach(c -> lines.add(StatementLine.of(c)));
      return lines;
    }

    private Uni<Void> windows(Duration longest, Function<TimeWindow, Uni<Integer>> ask) {
      WindowWalk walk = new WindowWalk(ask);
      return Multi.createFrom()
          .iterable(TimeWindow.slices(from, until, longest))
          .onItem()
          .transformToUniAndConcatenate(walk::walk)
          .collect()
          .last()
          .replaceWithVoid();
    }

    /** What cannot be understood would be told as missing at theirs: better no statement. */
    private <T> Uni<Void> store(Batch<T> batch, Function<Batch<T>, List<StatementLine>> read) {
      if (!batch.unreadable().isEmpty()) {
        throw new IllegalStateException(
            "a document cannot be understood: " + batch.unreadable().get(0));
      }
      List<StatementLine> lines = read.apply(batch);
      return lines.isEmpty()
          ? Uni.createFrom().voidItem()
          : leases.fenced(lease, tx -> statements.add(tx, id, lines));
    }

    private boolean isInMonth(Instant at) {
      return !at.isBefore(from) && at.isBefore(until);
    }
  }
}
