package io.siyu.mall.cps.affiliate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowWalkTest {

  static final Instant START = Instant.parse("2026-11-11T00:00:00Z");
  static final int LIMIT = 100;

  /** Pages that each second of the day holds. */
  int[] density;

  /** Seconds of windows that were read to their end, and windows that were given up. */
  TreeSet<Long> read = new TreeSet<>();

  List<TimeWindow> asked = new ArrayList<>();
  int tooFull;

  WindowWalk walk = new WindowWalk(this::ask);

  @BeforeEach
  void nothingIsThere() {
    density = new int[86_400];
  }

  @Test
  void aWindowThatFitsIsAskedOnce() {
    fill(0, 10_800, 0);
    assertEquals(1, walk(0, 10_800));
    assertEquals(1, asked.size());
  }

  @Test
  void allOfABusyTimeIsReadAndFewWindowsAreTriedInVain() {
    // Two minutes at the end of three hours hold everything: 20 pages a second.
    fill(10_680, 10_800, 20);
    walk(0, 10_800);
    assertEquals(10_800, read.size() - 1);
    assertEquals(4, tooFull, "3 h, 22 min, 3 min, 21 s; then it is known what fits");
    // What is calm lets the windows grow again, so the next question tries a few in vain as well.
    read.clear();
    walk(0, 10_800);
    assertEquals(10_800, read.size() - 1);
    assertTrue(tooFull <= 8, tooFull + " in vain");
  }

  @Test
  void afterABusyTimeTheWindowsGrowAgain() {
    fill(0, 60, 20);
    walk(0, 10_800);
    int before = asked.size();
    walk(10_800, 21_600);
    walk(21_600, 32_400);
    assertTrue(asked.size() - before <= 40, (asked.size() - before) + " windows");
    int calm = asked.size();
    walk(32_400, 43_200);
    assertEquals(1, asked.size() - calm, "as long as at first");
  }

  private void fill(int from, int to, int pages) {
    for (int i = from; i < to; i++) {
      density[i] = pages;
    }
  }

  private int walk(int from, int to) {
    TimeWindow window = new TimeWindow(START.plusSeconds(from), START.plusSeconds(to));
    return walk.walk(window).await().atMost(Duration.ofSeconds(5));
  }

  private Uni<Integer> ask(TimeWindow window) {
    asked.add(window);
    long from = window.from().getEpochSecond() - START.getEpochSecond();
    long to = window.to().getEpochSecond() - START.getEpochSecond();
    int pages = 0;
    for (long second = from; second <= to; second++) {
      pages += density[(int) second];
    }
    if (pages > LIMIT) {
      tooFull++;
      return Uni.createFrom().failure(new WindowTooFull());
    }
    for (long second = from; second <= to; second++) {
      read.add(second);
    }
    return Uni.createFrom().item(Math.max(1, pages));
  }
}
