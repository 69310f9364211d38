package io.siyu.mall.distributor.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.distributor.rule.RuleBook.Goods;
import io.siyu.mall.distributor.rule.RuleCommands.Validity;
import io.siyu.mall.distributor.rule.RuleCommands.Written;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.test.TestClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What a rule pays on any day, for any history of revisions and ends. */
class RuleHistoryPropertiesTest {

  /** Eight steps of four days, and a version of twelve days that begins after ten. */
  private static final int LAST_DAY = 60;

  private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
  private static final RuleScope SCOPE = new RuleScope(ScopeType.PRODUCT, "p", "brand");
  private static final Goods GOODS = new Goods("s", "p", "", List.of(), "b", "brand");

  private final Stored stored = new Stored();
  private final TestClock clock = new TestClock();
  private final RuleCommands commands = new RuleCommands(stored, clock);

  /** Days later, somebody revises from a day on, or ends on it; 0: now. */
  private record Step(int later, int from, int length, boolean ends) {}

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 10),
            Arbitraries.integers().between(0, 12),
            Arbitraries.frequency(Tuple.of(3, false), Tuple.of(1, true)))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property(tries = 500)
  void aDayIsPaidAsWasSaidAndAnEndOnlyTakesAway(@ForAll("histories") List<Step> steps) {
    stored.versions.clear();
    stored.ended = false;
    clock.set(START);
    commands.create(null, SCOPE, terms(1), validity(null, null, List.of())).await().indefinitely();
    int today = 0;
    for (Step step : steps) {
      today += step.later();
      clock.set(day(today));
      List<Integer> before = rates();
      if (step.ends()) {
        end(today, step.from(), before);
      } else {
        revise(today, step, before);
      }
    }
  }

  private void end(int today, int later, List<Integer> before) {
    int end = today + later;
    boolean runs = before.subList(end, LAST_DAY).stream().anyMatch(rate -> rate > 0);
    Optional<Written> written =
        attempt(
            commands.end(
                null, newest(), newest().version(), later == 0 ? null : day(end), "", "x"));
    List<Integer> after = rates();
    if (written.isEmpty()) {
      assertEquals(before, after);
      assertEquals(false, runs, "only what is over by then is refused");
      return;
    }
    for (int day = 0; day < LAST_DAY; day++) {
      assertEquals(day < end ? before.get(day) : 0, after.get(day), "day " + day);
    }
  }

  private void revise(int today, Step step, List<Integer> before) {
    int from = today + step.from();
    Timeline<RuleVersion> timeline = new Timeline<>(stored.versions);
    List<Long> replaced = Timeline.numbers(timeline.replacedFrom(day(from), day(today)));
    Instant until = step.length() == 0 ? null : day(from + step.length());
    if (!replaced.isEmpty()) {
      assertEquals(Optional.empty(), attempt(revision(from, until, List.of())));
      assertEquals(before, rates(), "refused, so nothing is lost");
    }
    Optional<Written> written = attempt(revision(from, until, replaced));
    List<Integer> after = rates();
    assertEquals(stored.ended, written.isEmpty());
    for (int day = 0; day < (written.isEmpty() ? LAST_DAY : from); day++) {
      assertEquals(before.get(day), after.get(day), "day " + day);
    }
    // Whatever is paid no more was to be paid by a version that was named, or is overtaken.
    Set<Integer> gone = new TreeSet<>(before.subList(from, LAST_DAY));
    gone.removeAll(after);
    gone.remove(0);
    written.ifPresent(
        w ->
            gone.stream()
                .filter(rate -> stored.versions.get(rate - 1).effectiveFrom().isAfter(day(today)))
                .filter(rate -> !before.subList(0, from).contains(rate))
                .forEach(rate -> assertEquals(true, replaced.contains((long) rate))));
  }

  private Uni<Written> revision(int from, Instant until, List<Long> replaces) {
    return commands.revise(
        null,
        newest(),
        newest().version(),
        terms(stored.versions.size() + 1),
        validity(day(from), until, replaces));
  }

  private RuleVersion newest() {
    return new Timeline<>(stored.versions).newest();
  }

  /** By day, what the goods earn; every version pays as many basis points as its number. */
  private List<Integer> rates() {
    List<Integer> rates = new ArrayList<>();
    for (int day = 0; day < LAST_DAY; day++) {
      rates.add(
          new RuleBook(stored.versions, day(day))
              .find(GOODS)
              .map(rule -> rule.terms().direct().share().value())
              .orElse(0));
    }
    return rates;
  }

  private static Validity validity(Instant from, Instant until, List<Long> replaces) {
    return new Validity(from, until, replaces, "", "x");
  }

  private static RuleTerms terms(int points) {
    return new RuleTerms(
        new CommissionTerms.Rate(new BasisPoints(points)), CommissionTerms.NOTHING);
  }

  private static Optional<Written> attempt(Uni<Written> work) {
    try {
      return Optional.of(work.await().indefinitely());
    } catch (DomainException refused) {
      return Optional.empty();
    }
  }

  private static final class Stored implements Rules {

    private final List<RuleVersion> versions = new ArrayList<>();
    private boolean ended;

    @Override
    public Uni<History> lock(SqlTransaction tx, UUID ruleId) {
      return Uni.createFrom().item(() -> new History(new Timeline<>(versions), ended));
    }

    @Override
    public Uni<Boolean> add(SqlTransaction tx, RuleVersion first) {
      return Uni.createFrom().item(versions.add(first));
    }

    @Override
    public Uni<Void> addVersion(SqlTransaction tx, RuleVersion next, boolean end) {
      versions.add(next);
      ended = end;
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<UUID> living(SqlTransaction tx, RuleScope scope) {
      return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<RuleVersion> endAfter(SqlTransaction tx, RuleScope scope, Instant from) {
      return Uni.createFrom().nullItem();
    }
  }
}
