package io.siyu.mall.platform.inbox;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.GrpcErrors;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.siyu.mall.platform.time.SecurityTime;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.DeliverResponse;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.siyu.mall.proto.common.v1.EventSink;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes events from other services, each in a transaction of its own together with its id (or many
 * in one, where the service says that it can): exactly one effect however often it comes.
 * Aggregates are handled side by side, the events of one of them in order; after an event that was
 * not taken the later ones of its aggregate are answered RETRY. A service may tell what happened to
 * itself alone.
 */
@GrpcService
public class EventSinkGrpc implements EventSink {

  public static final String EARLIER_EVENT_NOT_TAKEN = "EARLIER_EVENT_NOT_TAKEN";
  public static final String NOT_THE_SENDER = "NOT_THE_SENDER";

  private static final Logger LOG = Logger.getLogger(EventSinkGrpc.class);
  private static final int CONFLICT_RETRIES = 3;
  private static final int MAX_EVENTS = 1_000;
  private static final String REMEMBER =
      "INSERT IGNORE INTO inbox (event_id, received_at) VALUES (?, UTC_TIMESTAMP(6))";

  private final EventHandlers handlers;
  private final Pool pool;
  private final Jobs jobs;
  private final int concurrency;

  EventSinkGrpc(
      EventHandlers handlers,
      Pool pool,
      Jobs jobs,
      @ConfigProperty(name = "mall.inbox.concurrency", defaultValue = "8") int concurrency) {
    this.handlers = handlers;
    this.pool = pool;
    this.jobs = jobs;
    this.concurrency = concurrency;
  }

  @Override
  public Uni<DeliverResponse> deliver(DeliverRequest request) {
    Validation.start().range("events", request.getEventsCount(), 0, MAX_EVENTS).check();
    request.getEventsList().forEach(event -> requireSender(Caller.current(), event));
    List<Event> together = new ArrayList<>();
    List<List<Event>> alone = new ArrayList<>();
    for (List<Event> events : byAggregate(request.getEventsList())) {
      if (handlers.canBatch(events)
          && (together.isEmpty() || handlers.canBatch(List.of(together.get(0), events.get(0))))) {
        together.addAll(events);
      } else {
        alone.add(events);
      }
    }
    Uni<List<List<EventResult>>> results =
        Uni.combine()
            .all()
            .unis(applyTogether(together), applySideBySide(alone))
            .with((some, others) -> Stream.concat(some.stream(), others.stream()).toList());
    return Jobs.comeBack(results).map(all -> response(request, all));
  }

  /** A type has one sender: the service in whose package the contract declares it. */
  private static void requireSender(Caller caller, Event event) {
    String[] names = event.getType().split("\\.");
    if (names.length < 2 || !names[0].equals("mall") || !names[1].equals(caller.subject())) {
      throw new DomainException(
          Kind.PERMISSION_DENIED,
          NOT_THE_SENDER,
          "events of type " + event.getType() + " do not come from " + caller.subject());
    }
  }

  /** All in one transaction; one by one where that fails, be it a repeat or a bad event. */
  private Uni<List<List<EventResult>>> applyTogether(List<Event> events) {
    if (events.size() < 2) {
      return applySideBySide(events.isEmpty() ? List.of() : List.of(events));
    }
    return jobs.run(() -> handlers.applyTogether(events, pool, tx -> rememberAll(tx, events)))
        .onFailure(EventSinkGrpc::isConflict)
        .retry()
        .atMost(CONFLICT_RETRIES)
        .map(
            done -> List.of(events.stream().map(e -> result(e, Outcome.ACCEPTED, "", "")).toList()))
        .onFailure()
        .recoverWithUni(() -> applySideBySide(byAggregate(events)));
  }

  private Uni<List<List<EventResult>>> applySideBySide(Collection<List<Event>> aggregates) {
    return Multi.createFrom()
        .iterable(aggregates)
        .onItem()
        // A session belongs to one chain: each aggregate gets a context of its own.
        .transformToUni(events -> jobs.run(() -> applyInOrder(events)))
        .merge(concurrency)
        .collect()
        .asList();
  }

  private static Uni<Void> rememberAll(SqlTransaction tx, List<Event> events) {
    SqlValues ids = SqlValues.intoUnlessThere("inbox", "event_id", "received_at");
    Instant now = SecurityTime.now();
    events.forEach(event -> ids.row(Ids.parse("event_id", event.getEventId()), now));
    return tx.insert(ids)
        .invoke(
            stored -> {
              if (stored != events.size()) {
                throw new RepeatedEventException();
              }
            })
        .replaceWithVoid();
  }

  private static Collection<List<Event>> byAggregate(List<Event> events) {
    Map<String, List<Event>> byAggregate = new LinkedHashMap<>();
    for (Event event : events) {
      byAggregate
          .computeIfAbsent(
              event.getAggregateType() + "/" + event.getAggregateId(), key -> new ArrayList<>())
          .add(event);
    }
    return byAggregate.values();
  }

  private Uni<List<EventResult>> applyInOrder(List<Event> events) {
    List<EventResult> results = new ArrayList<>();
    Uni<Void> chain = Uni.createFrom().voidItem();
    for (Event event : events) {
      chain =
          chain
              .chain(() -> blocked(results) ? Uni.createFrom().item(waits(event)) : apply(event))
              .invoke(results::add)
              .replaceWithVoid();
    }
    return chain.replaceWith(results);
  }

  private Uni<EventResult> apply(Event event) {
    UUID eventId;
    try {
      eventId = Ids.parse("event_id", event.getEventId());
    } catch (DomainException e) {
      return Uni.createFrom().item(notTaken(event, e));
    }
    return Uni.createFrom()
        .<Boolean>deferred(
            () ->
                handlers.apply(
                    event, pool, tx -> tx.execute(REMEMBER, eventId).map(rows -> rows == 1)))
        .onFailure(EventSinkGrpc::isConflict)
        .retry()
        .atMost(CONFLICT_RETRIES)
        .map(first -> result(event, first ? Outcome.ACCEPTED : Outcome.DUPLICATE, "", ""))
        .onFailure(failure -> !DatabaseErrors.isUnavailable(failure))
        .recoverWithItem(failure -> notTaken(event, failure));
  }

  private static EventResult notTaken(Event event, Throwable failure) {
    Optional<DomainException> refusal = GrpcErrors.classify(failure);
    if (refusal.isEmpty()) {
      LOG.errorf(failure, "event %s %s failed", event.getType(), event.getEventId());
      return result(event, Outcome.RETRY, GrpcErrors.INTERNAL, failure.toString());
    }
    Kind kind = refusal.get().kind();
    boolean hopeless = kind == Kind.INVALID_ARGUMENT || kind == Kind.FAILED_PRECONDITION;
    return result(
        event,
        hopeless ? Outcome.REFUSED : Outcome.RETRY,
        refusal.get().reason(),
        refusal.get().getMessage());
  }

  private static boolean isConflict(Throwable failure) {
    return DatabaseErrors.isDeadlock(failure) || DatabaseErrors.isStaleVersion(failure);
  }

  private static boolean blocked(List<EventResult> results) {
    return results.stream()
        .map(EventResult::getOutcome)
        .anyMatch(outcome -> outcome == Outcome.REFUSED || outcome == Outcome.RETRY);
  }

  private static EventResult waits(Event event) {
    return result(event, Outcome.RETRY, EARLIER_EVENT_NOT_TAKEN, "an earlier event was not taken");
  }

  private static EventResult result(Event event, Outcome outcome, String reason, String message) {
    return EventResult.newBuilder()
        .setEventId(event.getEventId())
        .setOutcome(outcome)
        .setReason(reason)
        .setMessage(String.valueOf(message))
        .build();
  }

  private static DeliverResponse response(DeliverRequest request, List<List<EventResult>> results) {
    Map<String, EventResult> byId = new HashMap<>();
    results.stream().flatMap(Collection::stream).forEach(r -> byId.put(r.getEventId(), r));
    DeliverResponse.Builder response = DeliverResponse.newBuilder();
    request.getEventsList().forEach(event -> response.addResults(byId.get(event.getEventId())));
    return response.build();
  }

  /** Says no more than that the events have to be looked at one by one. */
  private static final class RepeatedEventException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RepeatedEventException() {
      super("an event was taken before", null, false, false);
    }
  }
}
