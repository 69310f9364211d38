package io.siyu.mall.platform.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RoundsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void theFirstRoundThatIsNotFullIsTheLast() {
    AtomicInteger left = new AtomicInteger(25);
    AtomicInteger rounds = new AtomicInteger();
    Uni<Integer> work =
        Rounds.whileFull(
            10,
            () -> {
              rounds.incrementAndGet();
              return Uni.createFrom().item(Math.min(10, left.getAndAdd(-10)));
            });
    assertEquals(25, work.await().atMost(SOON));
    assertEquals(3, rounds.get());
  }

  @Test
  void oneRoundFindsThatThereIsNothing() {
    assertEquals(0, Rounds.whileFull(1, () -> Uni.createFrom().item(0)).await().atMost(SOON));
  }

  @Test
  void aFailureEndsIt() {
    AtomicInteger rounds = new AtomicInteger();
    Uni<Integer> work =
        Rounds.whileFull(
            1,
            () ->
                rounds.incrementAndGet() == 3
                    ? Uni.createFrom().failure(new IllegalStateException("third"))
                    : Uni.createFrom().item(1));
    assertThrows(IllegalStateException.class, () -> work.await().atMost(SOON));
    assertEquals(3, rounds.get());
  }

  @Test
  void manyRoundsNeedNoMoreStackThanOne() {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      AtomicInteger left = new AtomicInteger(200_000);
      Uni<Integer> work =
          Rounds.whileFull(
              1,
              () ->
                  Uni.createFrom()
                      .item(() -> left.getAndDecrement() > 0 ? 1 : 0)
                      .runSubscriptionOn(thread));
      assertEquals(200_000, work.await().atMost(SOON));
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void norDoRoundsThatAreDoneAtOnce() {
    AtomicInteger left = new AtomicInteger(200_000);
    Uni<Integer> work =
        Rounds.whileFull(1, () -> Uni.createFrom().item(left.getAndDecrement() > 0 ? 1 : 0));
    assertEquals(200_000, work.await().atMost(SOON));
  }
}
