package io.siyu.mall.platform.dated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TimelineTest {

  /** Eight steps of four days, and a version of twelve days that begins after ten. */
  private static final int DAYS = 60;

  /** What a version pays, so that two versions can be told apart. */
  private record Pays(long version, Instant effectiveFrom, Instant effectiveUntil, int rate)
      implements Dated {}

  /** Somebody adds a version on a day, for a later one; or ends the thing. */
  private record Step(int day, int later, int length, boolean ends) {}

  private static Instant day(int day) {
    return Instant.EPOCH.plus(Duration.ofDays(day));
  }

  private static Pays pays(long version, int from, Integer until, int rate) {
    return new Pays(version, day(from), until == null ? null : day(until), rate);
  }

  private static int rate(List<Pays> versions, int day) {
    return new Timeline<>(versions).at(day(day)).map(Pays::rate).orElse(0);
  }

  private static Pays end(List<Pays> versions, int day) {
    return pays(versions.size() + 1, day, day, 99);
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 10),
            Arbitraries.integers().between(0, 12),
            Arbitraries.frequency(
                net.jqwik.api.Tuple.of(4, false), net.jqwik.api.Tuple.of(1, true)))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  /** Plays a history; checks every step, and gives what was written. */
  private static List<Pays> play(List<Step> steps) {
    List<Pays> versions = new ArrayList<>(List.of(pays(1, 0, null, 1)));
    int today = 0;
    for (Step step : steps) {
      today += step.day();
      int from = today + step.later();
      List<Pays> before = List.copyOf(versions);
      Timeline<Pays> timeline = new Timeline<>(before);
      if (step.ends()) {
        versions.add(end(before, from));
        checkEnd(before, versions, from);
      } else {
        Integer until = step.length() == 0 ? null : from + step.length();
        versions.add(pays(before.size() + 1, from, until, before.size() + 1));
        checkAdded(before, versions, timeline.replacedFrom(day(from), day(today)), today, from);
      }
    }
    return versions;
  }

  private static void checkEnd(List<Pays> before, List<Pays> after, int end) {
    for (int day = 0; day < DAYS; day++) {
      assertEquals(day < end ? rate(before, day) : 0, rate(after, day), before + " on " + day);
    }
  }

  /** Before it begins nothing changes; and who was to come and comes no more is named. */
  private static void checkAdded(
      List<Pays> before, List<Pays> after, List<Pays> replaced, int today, int from) {
    for (int day = 0; day < from; day++) {
      assertEquals(rate(before, day), rate(after, day), before + " on " + day);
    }
    for (Pays one : before) {
      boolean was = inForce(before, one, today + 1);
      boolean is = inForce(after, one, today + 1);
      boolean had = one.effectiveFrom().isAfter(day(today));
      assertEquals(had && was && !is, replaced.contains(one), one + " of " + before);
    }
  }

  private static boolean inForce(List<Pays> versions, Pays one, int sinceDay) {
    for (int day = sinceDay; day < DAYS; day++) {
      if (new Timeline<>(versions).at(day(day)).filter(one::equals).isPresent()) {
        return true;
      }
    }
    return false;
  }

  @Property
  void anEndOnlyShortensAndNothingIsDroppedUnnamed(@ForAll("histories") List<Step> steps) {
    play(steps);
  }

  @Property
  void anEndIsRefusedJustWhenItWouldChangeNothing(
      @ForAll("histories") List<Step> steps, @ForAll @IntRange(min = 0, max = DAYS - 1) int end) {
    List<Pays> versions = play(steps);
    boolean runs = false;
    for (int day = end; day < DAYS; day++) {
      runs |= rate(versions, day) != 0;
    }
    Timeline<Pays> timeline = new Timeline<>(versions);
    if (runs) {
      timeline.requireRunning(day(end));
    } else {
      DomainException refused =
          assertThrows(DomainException.class, () -> timeline.requireRunning(day(end)));
      assertEquals(Timeline.ENDS_EARLIER, refused.reason());
    }
  }

  @Test
  void aRevisionToComeDoesNotBeginBecauseTheThingIsEnded() {
    List<Pays> versions = List.of(pays(1, 0, null, 10), pays(2, 10, null, 30));
    List<Pays> ended = new ArrayList<>(versions);
    ended.add(end(versions, 5));
    assertEquals(10, rate(ended, 4));
    assertEquals(0, rate(ended, 5));
    assertEquals(0, rate(ended, 10));
    assertEquals(
        List.of(2L), Timeline.numbers(new Timeline<>(versions).replacedFrom(day(5), day(5))));
  }

  @Test
  void whatRanOutIsNotEndedLaterNorIsAnEndPutOff() {
    Timeline<Pays> ranOut = new Timeline<>(List.of(pays(1, 0, 3, 10)));
    assertEquals(day(3), ranOut.over());
    assertEquals(
        day(3).toString(),
        assertThrows(DomainException.class, () -> ranOut.requireRunning(day(8)))
            .metadata()
            .get("effective_until"));
    ranOut.requireRunning(day(2));
  }

  @Test
  void whatIsToComeIsReplacedOnlyByName() {
    Timeline<Pays> timeline =
        new Timeline<>(List.of(pays(1, 0, null, 10), pays(2, 10, 20, 30), pays(3, 25, null, 5)));
    assertEquals(List.of(2L, 3L), Timeline.numbers(timeline.scheduled(day(5))));
    DomainException refused =
        assertThrows(
            DomainException.class, () -> timeline.replacedByConsent(day(7), day(5), List.of(2L)));
    assertEquals(Timeline.REPLACES_SCHEDULED, refused.reason());
    assertEquals("2,3", refused.metadata().get("replaces_versions"));
    assertEquals(2, timeline.replacedByConsent(day(7), day(5), List.of(3L, 2L)).size());
    assertTrue(timeline.replacedByConsent(day(30), day(5), List.of()).isEmpty());
    assertThrows(
        DomainException.class,
        () -> timeline.replacedByConsent(day(30), day(5), List.of(2L)),
        "what is named but not replaced was misunderstood");
    assertEquals(Optional.empty(), timeline.at(day(22)));
  }
}
