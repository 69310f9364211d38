package io.siyu.mall.gateway.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class OneAtATimeTest {

  private final OneAtATime<String> runs = new OneAtATime<>();

  /** What was begun, in order; a test ends it. */
  private final List<CompletableFuture<String>> begun = new ArrayList<>();

  @Test
  void whoeverAsksMeanwhileSharesTheNext() {
    CompletableFuture<String> first = ask();
    CompletableFuture<String> second = ask();
    CompletableFuture<String> third = ask();
    assertEquals(1, begun.size());
    assertFalse(second.isDone());

    begun.get(0).complete("a");
    assertEquals("a", first.join());
    assertEquals(2, begun.size());
    CompletableFuture<String> fourth = ask();
    assertEquals(2, begun.size());

    begun.get(1).complete("b");
    assertEquals("b", second.join());
    assertEquals("b", third.join());
    assertEquals(3, begun.size());
    begun.get(2).complete("c");
    assertEquals("c", fourth.join());
  }

  @Test
  void nothingIsKeptForThoseWhoAskLater() {
    CompletableFuture<String> first = ask();
    begun.get(0).complete("a");
    assertEquals("a", first.join());
    CompletableFuture<String> later = ask();
    assertEquals(2, begun.size());
    begun.get(1).complete("b");
    assertEquals("b", later.join());
  }

  @Test
  void aFailureIsOfThoseWhoWaitedForIt() {
    CompletableFuture<String> first = ask();
    CompletableFuture<String> second = ask();
    begun.get(0).completeExceptionally(new IllegalStateException("a book cannot be read"));
    assertThrows(CompletionException.class, first::join);
    begun.get(1).complete("b");
    assertEquals("b", second.join());
  }

  @Test
  void itGoesOnWhenItsCallerHasLeft() {
    CompletableFuture<String> first = ask();
    CompletableFuture<String> second = ask();
    first.cancel(true);
    assertEquals(1, begun.size());
    begun.get(0).complete("a");
    begun.get(1).complete("b");
    assertEquals("b", second.join());
  }

  private CompletableFuture<String> ask() {
    return runs.begunFromNowOn(this::work).subscribeAsCompletionStage();
  }

  private Uni<String> work() {
    CompletableFuture<String> work = new CompletableFuture<>();
    begun.add(work);
    return Uni.createFrom().completionStage(work);
  }
}
