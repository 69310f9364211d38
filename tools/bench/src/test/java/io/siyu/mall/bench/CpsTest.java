package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class CpsTest {

  static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {"--orders=0", "--orders=-5", "--orders=many", "--rounds=0", "--order=5", "5"})
  void nonsenseIsRefusedBeforeAnythingBegins(String argument) {
    CommandLine cps = new CommandLine(new Cps());
    assertThrows(ParameterException.class, () -> cps.parseArgs(argument));
  }

  @Test
  void defaultsAreThoseOfTheAcceptance() {
    CommandLine.ParseResult parsed = new CommandLine(new Cps()).parseArgs("--json");
    assertEquals(200_000, (int) parsed.commandSpec().findOption("--orders").getValue());
    assertEquals(4, (int) parsed.commandSpec().findOption("--rounds").getValue());
  }

  @Test
  void roundsShareAllOrders() {
    assertEquals(List.of(50_000, 50_000, 50_000, 50_000), Cps.shares(200_000, 4));
    assertEquals(List.of(3, 3, 4), Cps.shares(10, 3));
    assertEquals(List.of(1, 1), Cps.shares(2, 4), "no round without an order");
  }

  @Test
  void progressKeepsTheFirstTimeThatEachMarkWasReached() {
    CpsProgress progress = new CpsProgress(200, 10 * SECOND);
    progress.seen(SECOND, 150, 99);
    assertFalse(progress.isSynced());
    assertEquals(0, progress.halfMillis());
    progress.seen(2 * SECOND, 200, 100);
    progress.seen(3 * SECOND, 200, 197);
    assertTrue(progress.isSynced());
    assertEquals(0, progress.nearlyAllMillis());
    progress.seen(4 * SECOND, 200, 198);
    assertFalse(progress.isPosted());
    progress.seen(5 * SECOND, 200, 200);
    progress.seen(6 * SECOND, 201, 201);
    assertEquals(2_000, progress.halfMillis());
    assertEquals(4_000, progress.nearlyAllMillis());
    assertEquals(2, progress.syncedSeconds());
    assertEquals(5, progress.postedSeconds());
  }

  @Test
  void anImportOfOneOrderIsNotHalfDoneBeforeItIsDone() {
    CpsProgress progress = new CpsProgress(1, SECOND);
    progress.seen(SECOND, 0, 0);
    progress.seen(2 * SECOND, 1, 1);
    assertEquals(2_000, progress.halfMillis());
    assertTrue(progress.isPosted());
  }

  @Test
  void looksAreSpacedByWhatTheyCostButNeverFarApart() {
    long milli = SECOND / 1_000;
    assertEquals(250 * milli, Cps.pause(milli));
    assertEquals(400 * milli, Cps.pause(100 * milli));
    assertEquals(500 * milli, Cps.pause(2 * SECOND));
  }

  @Test
  void standingStillIsToldFromBeingSlow() {
    CpsProgress progress = new CpsProgress(100, 10 * SECOND);
    progress.seen(SECOND, 10, 0);
    assertFalse(progress.standsStillAt(11 * SECOND));
    assertTrue(progress.standsStillAt(12 * SECOND));
    progress.seen(12 * SECOND, 10, 1);
    assertFalse(progress.standsStillAt(20 * SECOND), "the ledger moves");
    progress.seen(21 * SECOND, 100, 100);
    assertFalse(progress.standsStillAt(99 * SECOND), "it is done");
  }

  @Test
  void theRatioIsOfAllOrdersOverAllTimeNotOfTheRoundsRatios() throws IOException {
    CpsRounds rounds = new CpsRounds();
    rounds.add(100, imported(100, 4 * SECOND), 60, floor(SECOND));
    rounds.add(300, imported(300, 4 * SECOND), 20, floor(3 * SECOND));
    assertEquals(50, rounds.rate(), 1e-9);
    assertEquals(100, rounds.floorRate(), 1e-9);
    JsonNode json = json(rounds.result(100));
    assertEquals(0.5, json.path("ratio").asDouble());
    assertEquals(400, json.path("orders").asInt());
    assertEquals(20, json.path("statementsPer100Orders").asDouble());
    assertEquals(8, json.path("importSeconds").asDouble());
    assertEquals(12, json.path("seconds").asDouble());
    assertEquals(0, json.path("errors").asInt());
    assertEquals("[25,75]", json.path("rates").toString());
    assertEquals("[100,100]", json.path("floors").toString());
  }

  @Test
  void aResultWithoutAFloorHasNoRatio() throws IOException {
    Measured platform = new Measured();
    platform.answered(1);
    platform.took(SECOND);
    assertEquals(0, json(new Result("x", platform, new Measured())).path("ratio").asDouble());
  }

  private static CpsProgress imported(long count, long nanos) {
    CpsProgress progress = new CpsProgress(count, SECOND);
    progress.seen(nanos, count, count);
    return progress;
  }

  private static Measured floor(long nanos) {
    Measured floor = new Measured();
    floor.answered(nanos);
    floor.took(nanos);
    return floor;
  }

  private static JsonNode json(Result result) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      result.print(true);
    } finally {
      System.setOut(before);
    }
    String[] lines = printed.toString(StandardCharsets.UTF_8).split("\n");
    return Api.JSON.readTree(lines[lines.length - 1]);
  }
}
