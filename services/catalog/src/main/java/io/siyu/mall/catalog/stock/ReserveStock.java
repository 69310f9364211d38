package io.siyu.mall.catalog.stock;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Holds pieces for orders by group commit. Requests that arrive while a transaction of their lane
 * runs wait for it (never for a timer) and then share the next one: one guarded update and three
 * inserts for all of them, and every caller is answered after the commit. A SKU always goes through
 * the same lane, so that a hot one never queues on its row lock. Statements that do not need each
 * other's answer are sent without waiting for it.
 */
@ApplicationScoped
public class ReserveStock {

  private static final int MAX_GROUP = 256;
  private static final int RETRIES = 4;

  private final Pool pool;
  private final StockBook book;
  private final SqlReservations reservations;
  private final Duration longestGroup;
  private final DistributionSummary groupSizes;
  private final List<Lane> lanes;

  ReserveStock(
      Pool pool,
      StockBook book,
      SqlReservations reservations,
      Vertx vertx,
      MeterRegistry meters,
      @ConfigProperty(name = "mall.stock.lanes", defaultValue = "4") int laneCount,
      @ConfigProperty(name = "mall.stock.longest-group", defaultValue = "PT3S")
          Duration longestGroup) {
    this.pool = pool;
    this.book = book;
    this.reservations = reservations;
    this.longestGroup = longestGroup;
    this.groupSizes =
        DistributionSummary.builder("mall.stock.group.size")
            .description("requests that share one transaction")
            .register(meters);
    this.lanes =
        IntStream.range(0, laneCount).mapToObj(i -> new Lane(vertx.getOrCreateContext())).toList();
  }

  /**
   * Holds all lines or none. The answer comes after the commit, on the caller's context.
   *
   * @return the reservation, or a failure as {@link ReservationGroup#decide} says
   */
  public Uni<Reservation> reserve(ReservationRequest request) {
    Context caller = Vertx.currentContext();
    Uni<Reservation> answer =
        Uni.createFrom().emitter(emitter -> lane(request).add(new Waiting(request, emitter)));
    return caller == null
        ? answer
        : answer.emitOn(command -> caller.runOnContext(ignored -> command.run()));
  }

  private Lane lane(ReservationRequest request) {
    int hash = request.quantities().keySet().iterator().next().hashCode();
    return lanes.get(Math.floorMod(hash, lanes.size()));
  }

  private record Waiting(ReservationRequest request, UniEmitter<? super Reservation> emitter) {}

  /** What one request of a group is answered. */
  private record Answer(Waiting to, Reservation reservation, DomainException refusal) {

    void send() {
      if (refusal == null) {
        to.emitter.complete(reservation);
      } else {
        to.emitter.fail(refusal);
      }
    }
  }

  /** Runs one group after the other; everything in it happens on its own Vert.x context. */
  private final class Lane {
    private final Context context;
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean running;

    Lane(Context context) {
      this.context = context;
    }

    void add(Waiting waiting) {
      context.runOnContext(
          ignored -> {
            queue.add(waiting);
            if (!running) {
              running = true;
              next();
            }
          });
    }

    private void next() {
      if (queue.isEmpty()) {
        running = false;
        return;
      }
      List<Waiting> group = new ArrayList<>();
      while (!queue.isEmpty() && group.size() < MAX_GROUP) {
        group.add(queue.poll());
      }
      groupSizes.record(group.size());
      run(group)
          .subscribe()
          .with(
              done -> context.runOnContext(ignored -> next()),
              bug -> context.runOnContext(ignored -> next()));
    }

    private Uni<Void> run(List<Waiting> group) {
      return decideTogether(group)
          .invoke(answers -> answers.forEach(Answer::send))
          .replaceWithVoid()
          .onFailure()
          .recoverWithUni(failure -> apart(group, failure));
    }

    /**
     * One bad request must not fail the others: each is tried alone, unless the database is away.
     */
    private Uni<Void> apart(List<Waiting> group, Throwable failure) {
      if (group.size() == 1 || DatabaseErrors.isUnavailable(failure)) {
        group.forEach(waiting -> waiting.emitter.fail(failure));
        return Uni.createFrom().voidItem();
      }
      Uni<Void> each = Uni.createFrom().voidItem();
      for (Waiting waiting : group) {
        each = each.chain(() -> run(List.of(waiting)));
      }
      return each;
    }
  }

  private Uni<List<Answer>> decideTogether(List<Waiting> group) {
    return Uni.createFrom()
        .deferred(
            () -> pool.withTransaction(connection -> decide(SqlTransaction.of(connection), group)))
        // A connection that dies with the server may never say so; a lane must not wait for it.
        .ifNoItem()
        .after(longestGroup)
        .failWith(() -> new TimeoutException("no answer from the database"))
        .onFailure(f -> DatabaseErrors.isDeadlock(f) || DatabaseErrors.isDuplicateKey(f))
        .retry()
        .atMost(RETRIES);
  }

  private Uni<List<Answer>> decide(SqlTransaction tx, List<Waiting> group) {
    List<UUID> orders = group.stream().map(waiting -> waiting.request.orderId()).toList();
    return Uni.combine()
        .all()
        .unis(reservations.find(tx, orders), book.lock(tx, skus(group)))
        .with(ReservationGroup::new)
        .chain(decision -> write(tx, decision, answers(group, decision)));
  }

  private Uni<List<Answer>> write(
      SqlTransaction tx, ReservationGroup decision, List<Answer> answers) {
    if (decision.granted().isEmpty()) {
      return Uni.createFrom().item(answers);
    }
    List<StockMovement> holds =
        decision.granted().stream()
            .map(ReservationRequest::holds)
            .flatMap(Collection::stream)
            .toList();
    return Uni.combine()
        .all()
        .unis(book.record(tx, holds), reservations.add(tx, decision.granted()))
        .discardItems()
        .replaceWith(answers);
  }

  private static List<Answer> answers(List<Waiting> group, ReservationGroup decision) {
    List<Answer> answers = new ArrayList<>(group.size());
    for (Waiting waiting : group) {
      try {
        answers.add(new Answer(waiting, decision.decide(waiting.request), null));
      } catch (DomainException refusal) {
        answers.add(new Answer(waiting, null, refusal));
      }
    }
    return answers;
  }

  private static Set<UUID> skus(List<Waiting> group) {
    Set<UUID> skus = new TreeSet<>();
    group.forEach(waiting -> skus.addAll(waiting.request.quantities().keySet()));
    return skus;
  }
}
