package io.siyu.mall.catalog.stock;

import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Decides over a group of requests in one transaction. */
final class GroupCommit {

  private static final int RETRIES = 4;

  private final Pool pool;
  private final StockBook book;
  private final SqlReservations reservations;
  private final Duration longest;

  /**
   * @param longest after which the database counts as away
   */
  GroupCommit(Pool pool, StockBook book, SqlReservations reservations, Duration longest) {
    this.pool = pool;
    this.book = book;
    this.reservations = reservations;
    this.longest = longest;
  }

  /** What one request of a group is answered: one or the other. */
  record Answer(Reservation reservation, DomainException refusal) {}

  /**
   * Grants everything without a look, as is right for new orders while there is plenty: the rows
   * first, the guarded update of the levels last, so that their locks are held for the commit only.
   *
   * @return the answers in the order of the requests; or {@link #isNoFreeRun a failure} with
   *     nothing written, when a request is a repeated one or somebody has to be refused
   */
  Uni<List<Answer>> grantAll(List<ReservationRequest> group) {
    List<StockMovement> holds = holds(group);
    return transaction(
        tx ->
            Uni.combine()
                .all()
                .unis(reservations.add(tx, group), book.append(tx, holds), book.move(tx, holds))
                .discardItems()
                .replaceWith(
                    () ->
                        group.stream()
                            .map(request -> new Answer(request.granted(), null))
                            .toList()));
  }

  /** Whether it is worth trying: two requests for one order are never both new. */
  static boolean canGrantAll(List<ReservationRequest> group) {
    Set<UUID> orders = new HashSet<>();
    return group.stream().allMatch(request -> orders.add(request.orderId()));
  }

  /** {@link #grantAll} found out that it has to be decided request by request. */
  static boolean isNoFreeRun(Throwable failure) {
    return DatabaseErrors.isDuplicateKey(failure)
        || DatabaseErrors.isDeadlock(failure)
        || failure instanceof DomainException;
  }

  /** Reads and locks, then decides as {@link ReservationGroup} says. */
  Uni<List<Answer>> decide(List<ReservationRequest> group) {
    return transaction(tx -> decide(tx, group))
        .onFailure(f -> DatabaseErrors.isDeadlock(f) || DatabaseErrors.isDuplicateKey(f))
        .retry()
        .atMost(RETRIES);
  }

  private Uni<List<Answer>> decide(SqlTransaction tx, List<ReservationRequest> group) {
    List<UUID> orders = group.stream().map(ReservationRequest::orderId).toList();
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
    return Uni.combine()
        .all()
        .unis(book.record(tx, holds(decision.granted())), reservations.add(tx, decision.granted()))
        .discardItems()
        .replaceWith(answers);
  }

  /** A connection that dies with the server may never say so; nobody must wait for it. */
  private <T> Uni<T> transaction(Function<SqlTransaction, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> pool.withTransaction(connection -> work.apply(SqlTransaction.of(connection))))
        .ifNoItem()
        .after(longest)
        .failWith(() -> new TimeoutException("no answer from the database"));
  }

  private static List<StockMovement> holds(List<ReservationRequest> granted) {
    return granted.stream().map(ReservationRequest::holds).flatMap(Collection::stream).toList();
  }

  private static List<Answer> answers(List<ReservationRequest> group, ReservationGroup decision) {
    List<Answer> answers = new ArrayList<>(group.size());
    for (ReservationRequest request : group) {
      try {
        answers.add(new Answer(decision.decide(request), null));
      } catch (DomainException refusal) {
        answers.add(new Answer(null, refusal));
      }
    }
    return answers;
  }

  private static Set<UUID> skus(List<ReservationRequest> group) {
    Set<UUID> skus = new TreeSet<>();
    group.forEach(request -> skus.addAll(request.quantities().keySet()));
    return skus;
  }
}
