package io.siyu.mall.platform.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusinessTimeTest {

  @TempDir Path directory;

  @Test
  void theDayBeginsInShanghai() {
    Instant beforeMidnight = Instant.parse("2026-11-30T15:59:59Z");
    assertEquals(LocalDate.of(2026, 11, 30), BusinessTime.day(beforeMidnight));
    assertEquals(LocalDate.of(2026, 12, 1), BusinessTime.day(beforeMidnight.plusSeconds(1)));
    assertEquals(YearMonth.of(2026, 12), BusinessTime.month(beforeMidnight.plusSeconds(1)));
    assertEquals(beforeMidnight.plusSeconds(1), BusinessTime.start(LocalDate.of(2026, 12, 1)));
    assertEquals(beforeMidnight.plusSeconds(1), BusinessTime.end(LocalDate.of(2026, 11, 30)));
  }

  @Test
  void theMovableClockFollowsItsFile() throws IOException {
    Path file = directory.resolve("clock");
    MovableClock clock = new MovableClock(Optional.of(file.toString()));
    assertNear(Duration.ZERO, clock);
    Files.writeString(file, "PT168H\n");
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertNear(Duration.ofDays(7), clock));
    Files.writeString(file, "nonsense");
    Awaitility.await()
        .during(Duration.ofMillis(250))
        .untilAsserted(() -> assertNear(Duration.ofDays(7), clock));
    Files.delete(file);
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertNear(Duration.ZERO, clock));
  }

  private static void assertNear(Duration offset, MovableClock clock) {
    Duration found = Duration.between(SecurityTime.now(), clock.instant());
    assertEquals(0, found.minus(offset).toSeconds());
  }
}
