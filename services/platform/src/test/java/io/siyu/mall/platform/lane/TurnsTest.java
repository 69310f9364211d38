package io.siyu.mall.platform.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns<String> turns = new Turns<>();
  private final List<String> begun = new ArrayList<>();

  private Uni<String> work(String key, String name, CompletableFuture<String> until) {
    return turns.take(
        key,
        () -> {
          begun.add(name);
          return Uni.createFrom().completionStage(until);
        });
  }

  @Test
  void thoseOfOneKeyFollowOneAnotherWhateverBecomesOfThem() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> second = new CompletableFuture<>();
    var one = work("a", "1", first).subscribeAsCompletionStage();
    var two = work("a", "2", second).subscribeAsCompletionStage();
    var three = work("a", "3", CompletableFuture.completedFuture("3")).subscribeAsCompletionStage();
    work("b", "other", new CompletableFuture<>()).subscribeAsCompletionStage();
    assertEquals(List.of("1", "other"), begun);
    first.completeExceptionally(new IllegalStateException("no"));
    assertThrows(CompletionException.class, one::join);
    assertEquals(List.of("1", "other", "2"), begun);
    second.complete("2");
    assertEquals("2", two.join());
    assertEquals("3", three.join());
  }

  @Test
  void whoLeavesLetsNobodyInEarly() {
    CompletableFuture<String> first = new CompletableFuture<>();
    work("a", "1", first).subscribeAsCompletionStage();
    Cancellable left =
        work("a", "2", new CompletableFuture<>()).subscribe().with(item -> {}, failure -> {});
    var three = work("a", "3", CompletableFuture.completedFuture("3")).subscribeAsCompletionStage();
    left.cancel();
    assertEquals(List.of("1"), begun);
    first.complete("1");
    assertEquals("3", three.join());
    assertEquals(List.of("1", "3"), begun);
  }
}
