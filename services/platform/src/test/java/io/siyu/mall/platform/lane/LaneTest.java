package io.siyu.mall.platform.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

  private final Vertx vertx = Vertx.vertx();
  private final List<List<Integer>> groups = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  @AfterEach
  void close() {
    vertx.close();
  }

  @Test
  void whatComesWhileAGroupIsUnderWayGoesTogetherInTheNext() {
    Lane<Integer, String> lane = new Lane<>(vertx, 8, this::afterTheGate);
    List<CompletableFuture<String>> answers = ask(lane, 1, 6);
    Awaitility.await().until(() -> groups.size() == 1);
    gate.complete(null);
    answers.forEach(CompletableFuture::join);
    assertEquals(List.of(1), groups.get(0));
    assertEquals(2, groups.size(), groups::toString);
    assertEquals("#6", answers.get(5).join());
  }

  @Test
  void noGroupIsLargerThanItMayBe() {
    Lane<Integer, String> lane = new Lane<>(vertx, 4, this::afterTheGate);
    List<CompletableFuture<String>> answers = ask(lane, 1, 20);
    gate.complete(null);
    for (int i = 0; i < answers.size(); i++) {
      assertEquals("#" + (i + 1), answers.get(i).join());
    }
    assertTrue(groups.stream().allMatch(group -> group.size() <= 4), groups::toString);
    assertEquals(20, groups.stream().mapToInt(List::size).sum());
  }

  @Test
  void oneThatFailsFailsAlone() {
    Lane<Integer, String> lane =
        new Lane<>(
            vertx,
            8,
            group -> {
              if (group.contains(3)) {
                groups.add(group);
                throw new IllegalArgumentException("three");
              }
              return afterTheGate(group);
            });
    List<CompletableFuture<String>> answers = ask(lane, 1, 5);
    Awaitility.await().until(() -> groups.size() == 1);
    gate.complete(null);
    assertEquals("#5", answers.get(4).join());
    CompletionException failure =
        assertThrows(CompletionException.class, () -> answers.get(2).join());
    assertEquals("three", failure.getCause().getMessage());
    assertEquals("#6", lane.add(6).await().atMost(Duration.ofSeconds(5)));
  }

  @Test
  void aGroupThatNeverAnswersHoldsUpTheOthersForAWhileOnly() {
    Lane<Integer, String> lane =
        new Lane<>(
            vertx,
            8,
            group -> {
              groups.add(group);
              return group.contains(1) ? Uni.createFrom().nothing() : answer(group);
            });
    List<CompletableFuture<String>> answers = ask(lane, 1, 3);
    assertEquals("#2", answers.get(1).orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join());
    CompletionException failure =
        assertThrows(CompletionException.class, () -> answers.get(0).join());
    assertEquals(TimeoutException.class, failure.getCause().getClass());
    assertEquals(1, groups.stream().filter(group -> group.contains(1)).count());
  }

  private List<CompletableFuture<String>> ask(Lane<Integer, String> lane, int from, int to) {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    IntStream.rangeClosed(from, to)
        .forEach(i -> answers.add(lane.add(i).subscribeAsCompletionStage()));
    return answers;
  }

  private Uni<List<String>> afterTheGate(List<Integer> group) {
    groups.add(group);
    return Uni.createFrom().completionStage(gate).chain(() -> answer(group));
  }

  private static Uni<List<String>> answer(List<Integer> group) {
    return Uni.createFrom().item(group.stream().map(i -> "#" + i).toList());
  }
}
