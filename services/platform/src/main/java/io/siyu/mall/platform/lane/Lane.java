package io.siyu.mall.platform.lane;

import io.siyu.mall.platform.error.DatabaseErrors;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Does for many at once what each would otherwise do alone: whatever is handed in while a group is
 * under way waits for it (never for a timer) and goes together in the next one. Without load a
 * group is one item and nobody waits; under load the groups grow with it.
 *
 * <p>One item that fails must not fail the others: a group that fails is tried again item by item,
 * unless nobody answers.
 *
 * @param <I> what is handed in
 * @param <O> what each is answered
 */
public final class Lane<I, O> {

  /** Far more than a group takes, and less than callers wait. */
  private static final Duration LONGEST_GROUP = Duration.ofSeconds(3);

  private final Context context;
  private final int largestGroup;
  private final Function<List<I>, Uni<List<O>>> work;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * A lane that is empty.
   *
   * @param work the answers in the order of the items; runs without any caller's identity, and
   *     again when it failed
   */
  public Lane(Vertx vertx, int largestGroup, Function<List<I>, Uni<List<O>>> work) {
    this.context = vertx.getOrCreateContext();
    this.largestGroup = largestGroup;
    this.work = work;
  }

  /**
   * The answer for the item, on the context of whoever asks.
   *
   * @return fails as the work does, or with a {@link TimeoutException} when it gives no answer:
   *     whether it did anything is then unknown
   */
  public Uni<O> add(I item) {
    Context caller = Vertx.currentContext();
    Uni<O> answer =
        Uni.createFrom()
            .emitter(emitter -> context.runOnContext(ignored -> enter(new Waiting(item, emitter))));
    return caller == null
        ? answer
        : answer.emitOn(command -> caller.runOnContext(ignored -> command.run()));
  }

  private void enter(Waiting newcomer) {
    waiting.add(newcomer);
    if (!running) {
      running = true;
      next();
    }
  }

  private void next() {
    List<Waiting> group = new ArrayList<>();
    while (!waiting.isEmpty() && group.size() < largestGroup) {
      group.add(waiting.poll());
    }
    if (group.isEmpty()) {
      running = false;
      return;
    }
    run(group)
        .onTermination()
        .invoke(() -> context.runOnContext(ignored -> next()))
        .subscribe()
        .with(done -> {}, failure -> group.forEach(one -> one.emitter.fail(failure)));
  }

  private Uni<Void> run(List<Waiting> group) {
    return Uni.createFrom()
        .deferred(() -> work.apply(group.stream().map(Waiting::item).toList()))
        // A connection that dies with the server may never say so; the others must not wait for it.
        .ifNoItem()
        .after(LONGEST_GROUP)
        .failWith(() -> new TimeoutException("no answer within " + LONGEST_GROUP))
        .invoke(answers -> complete(group, answers))
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(failure -> apart(group, failure));
  }

  private void complete(List<Waiting> group, List<O> answers) {
    if (answers.size() != group.size()) {
      throw new IllegalStateException(answers.size() + " answers for " + group.size());
    }
    for (int i = 0; i < group.size(); i++) {
      group.get(i).emitter.complete(answers.get(i));
    }
  }

  private Uni<Void> apart(List<Waiting> group, Throwable failure) {
    if (group.size() == 1 || DatabaseErrors.isUnavailable(failure)) {
      group.forEach(one -> one.emitter.fail(failure));
      return Uni.createFrom().voidItem();
    }
    Uni<Void> each = Uni.createFrom().voidItem();
    for (Waiting one : group) {
      each = each.chain(() -> run(List.of(one)));
    }
    return each;
  }

  private final class Waiting {
    private final I item;
    private final UniEmitter<? super O> emitter;

    Waiting(I item, UniEmitter<? super O> emitter) {
      this.item = item;
      this.emitter = emitter;
    }

    I item() {
      return item;
    }
  }
}
