package io.siyu.mall.membership.growth;

import static io.siyu.mall.membership.growth.GrowthFixtures.LEVELS;
import static io.siyu.mall.membership.growth.GrowthFixtures.START;
import static io.siyu.mall.membership.growth.GrowthFixtures.completed;
import static io.siyu.mall.membership.growth.GrowthFixtures.refunded;
import static io.siyu.mall.membership.growth.GrowthFixtures.told;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GrowthAccountTest {

  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void everyWholeYuanBringsOne() {
    assertEquals(0, told(List.of(completed(1, 99, START))).value());
    assertEquals(1, told(List.of(completed(1, 100, START))).value());
    assertEquals(123, told(List.of(completed(1, 12_399, START))).value());
  }

  @Test
  void fenOfDifferentOrdersAreNotAddedUp() {
    assertEquals(0, told(List.of(completed(1, 60, START), completed(2, 60, START))).value());
  }

  @Test
  void smallRefundsTakeWhatOneBigRefundWould() {
    GrowthAccount inParts =
        told(
            List.of(
                completed(1, 1_000, START),
                refunded(1, 1, 150, START.plus(DAY)),
                refunded(1, 2, 150, START.plus(DAY)),
                refunded(1, 3, 200, START.plus(DAY))));
    GrowthAccount atOnce =
        told(List.of(completed(1, 1_000, START), refunded(1, 9, 500, START.plus(DAY))));
    assertEquals(5, atOnce.value());
    assertEquals(5, inParts.value());
    assertEquals(
        List.of(10L, -2L, -1L, -2L), inParts.entries().stream().map(GrowthEntry::delta).toList());
  }

  @Test
  void aFactThatIsKnownChangesNothing() {
    GrowthAccount account = told(List.of(completed(1, 5_000, START)));
    assertTrue(account.record(UUID.randomUUID(), completed(1, 5_000, START)).isEmpty());
    assertEquals(50, account.value());
    assertEquals(1, account.entries().size());
  }

  @Test
  void theLevelRisesAtOnce() {
    Standing standing = told(List.of(completed(1, 20_000, START))).standing(LEVELS, START);
    assertEquals(new Standing(1, Instant.parse("2027-01-10T04:00:00Z")), standing);
  }

  @Test
  void theLevelStaysUntilItsPeriodEndsAndFallsThen() {
    GrowthAccount account =
        told(List.of(completed(1, 20_000, START), refunded(1, 1, 10_000, START.plus(DAY))));
    Instant end = Instant.parse("2027-01-10T04:00:00Z");
    assertEquals(100, account.value());
    assertEquals(1, account.standing(LEVELS, end.minusSeconds(1)).level());
    assertEquals(Standing.NEW, account.standing(LEVELS, end));
  }

  @Test
  void aLevelThatIsStillReachedGoesOnForAnotherPeriod() {
    GrowthAccount account = told(List.of(completed(1, 20_000, START)));
    Instant end = Instant.parse("2027-01-10T04:00:00Z");
    assertEquals(
        new Standing(1, Instant.parse("2028-01-10T04:00:00Z")), account.standing(LEVELS, end));
  }

  @Test
  void aLevelReachedInBetweenCountsThoughTheRefundIsToldFirst() {
    List<GrowthFact> facts =
        List.of(
            refunded(1, 1, 20_000, START.plus(DAY.multipliedBy(2))),
            completed(2, 90_000, START.plus(DAY)),
            completed(1, 20_000, START));
    GrowthAccount account = told(facts);
    assertEquals(900, account.value());
    assertEquals(2, account.standing(LEVELS, START.plus(DAY.multipliedBy(3))).level());
  }

  @Test
  void aFactNeedsAnAmountAndASource() {
    assertThrows(IllegalArgumentException.class, () -> completed(1, -1, START));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new GrowthFact(GrowthSource.LINE_REFUNDED, " ", UUID.randomUUID(), Money.ZERO, START));
  }

  @Test
  void aTableMustRise() {
    Level none = new Level(0, "普通", 0);
    Period year = Period.ofYears(1);
    assertThrows(IllegalArgumentException.class, () -> new LevelTable(1, List.of(), year));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LevelTable(1, List.of(none, new Level(1, "银卡", 0)), year));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LevelTable(1, List.of(none, new Level(2, "金卡", 5)), year));
    assertThrows(
        IllegalArgumentException.class, () -> new LevelTable(1, List.of(none), Period.ZERO));
  }

  @Test
  void theTableKnowsWhatIsReachedAndWhatComesNext() {
    assertEquals(0, LEVELS.at(199).number());
    assertEquals(1, LEVELS.at(200).number());
    assertEquals(2, LEVELS.at(1_000_000).number());
    assertEquals(1_000, LEVELS.above(LEVELS.level(1)).orElseThrow().from());
    assertTrue(LEVELS.above(LEVELS.level(2)).isEmpty());
    assertEquals(2, LEVELS.level(7).number());
  }
}
