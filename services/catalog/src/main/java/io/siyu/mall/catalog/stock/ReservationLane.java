package io.siyu.mall.catalog.stock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.siyu.mall.catalog.stock.GroupCommit.Answer;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one group after the other, two at once when many wait; everything in it happens on its own
 * Vert.x context. The next group is on its way before the last one's callers are answered, so that
 * the database does not wait for the answers.
 */
final class ReservationLane {

  private static final int MAX_GROUP = 256;

  /** So many that wait are worth a second transaction, which writes while the first commits. */
  private static final int WORTH_A_SECOND = 64;

  /** How long groups are decided with a look after one that could not do without. */
  private static final long CAREFUL_NANOS = Duration.ofMillis(500).toNanos();

  private final Context context;
  private final GroupCommit commit;
  private final DistributionSummary sizes;
  private final Counter again;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private int running;
  private long carefulUntil = System.nanoTime();

  ReservationLane(Context context, GroupCommit commit, DistributionSummary sizes, Counter again) {
    this.context = context;
    this.commit = commit;
    this.sizes = sizes;
    this.again = again;
  }

  private record Waiting(ReservationRequest request, UniEmitter<? super Reservation> emitter) {

    void send(Answer answer) {
      if (answer.refusal() == null) {
        emitter.complete(answer.reservation());
      } else {
        emitter.fail(answer.refusal());
      }
    }
  }

  /** The emitter is answered after the commit, on whatever thread. */
  void add(ReservationRequest request, UniEmitter<? super Reservation> emitter) {
    context.runOnContext(
        ignored -> {
          queue.add(new Waiting(request, emitter));
          nextIfWorthIt();
        });
  }

  private void nextIfWorthIt() {
    if (running == 0 && !queue.isEmpty() || running == 1 && queue.size() >= WORTH_A_SECOND) {
      next();
    }
  }

  private void next() {
    running++;
    List<Waiting> group = new ArrayList<>();
    while (!queue.isEmpty() && group.size() < MAX_GROUP) {
      group.add(queue.poll());
    }
    sizes.record(group.size());
    Uni.createFrom()
        .deferred(() -> answers(group))
        .subscribe()
        .with(
            answers -> context.runOnContext(ignored -> answered(group, answers)),
            failure -> context.runOnContext(ignored -> apart(group, failure)));
  }

  private void ended() {
    running--;
    nextIfWorthIt();
  }

  private void answered(List<Waiting> group, List<Answer> answers) {
    ended();
    send(group, answers);
  }

  private static void send(List<Waiting> group, List<Answer> answers) {
    for (int i = 0; i < answers.size(); i++) {
      group.get(i).send(answers.get(i));
    }
  }

  private Uni<List<Answer>> answers(List<Waiting> group) {
    List<ReservationRequest> requests = group.stream().map(Waiting::request).toList();
    if (System.nanoTime() - carefulUntil < 0 || !GroupCommit.canGrantAll(requests)) {
      return commit.decide(requests);
    }
    return commit
        .grantAll(requests)
        .onFailure(GroupCommit::isNoFreeRun)
        .recoverWithUni(
            () -> {
              again.increment();
              carefulUntil = System.nanoTime() + CAREFUL_NANOS;
              return commit.decide(requests);
            });
  }

  /** One bad request must not fail the others: each is tried alone, unless the database is away. */
  private void apart(List<Waiting> group, Throwable failure) {
    if (group.size() == 1 || DatabaseErrors.isUnavailable(failure)) {
      ended();
      group.forEach(waiting -> waiting.emitter.fail(failure));
      return;
    }
    Uni<Void> each = Uni.createFrom().voidItem();
    for (Waiting one : group) {
      each = each.chain(() -> alone(one));
    }
    each.subscribe().with(done -> context.runOnContext(ignored -> ended()));
  }

  private Uni<Void> alone(Waiting one) {
    return commit
        .decide(List.of(one.request))
        .invoke(answers -> send(List.of(one), answers))
        .replaceWithVoid()
        .onFailure()
        .recoverWithItem(
            failure -> {
              one.emitter.fail(failure);
              return null;
            });
  }
}
