package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  private static final Duration MOST = Duration.ofSeconds(60);

  @Test
  void goesOnWhileTheRateGrows() throws IOException {
    assertEquals(new WarmUp(35, true), warmUp(5, 100, 200, 300, 310, 400, 405, 390, 800));
  }

  @Test
  void oneSlowWindowIsNoEnd() throws IOException {
    assertEquals(new WarmUp(25, true), warmUp(5, 100, 50, 200, 190, 205, 999));
  }

  @Test
  void lastsAtLeastAsLongAsItWasTold() throws IOException {
    assertEquals(new WarmUp(20, true), warmUp(20, 100, 100, 100, 100, 100, 100));
  }

  @Test
  void endsAtLast() throws IOException {
    assertEquals(
        new WarmUp(60, false), warmUp(5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130));
  }

  @Test
  void nothingAnsweredIsAFailure() {
    assertThrows(IOException.class, () -> warmUp(5, 0));
  }

  private static WarmUp warmUp(int least, Integer... rates) throws IOException {
    Iterator<Integer> rate = List.of(rates).iterator();
    return WarmUp.of(
        (time, into) -> {
          int answers = rate.next() * (int) time.toSeconds();
          for (int i = 0; i < answers; i++) {
            into.answered(1_000_000);
          }
          into.took(time.toNanos());
        },
        Duration.ofSeconds(least),
        MOST);
  }
}
