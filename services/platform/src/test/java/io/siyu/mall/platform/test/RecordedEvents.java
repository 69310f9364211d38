package io.siyu.mall.platform.test;

import com.google.protobuf.Internal;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.siyu.mall.platform.outbox.EventTransport;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.EventResult.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands for all subscribers in tests: the real outbox and relay deliver to it, it takes every
 * event and remembers it. A test can let the subscribers be unreachable ({@link #outage}) and come
 * back, or answer as it likes ({@link #answer}).
 */
@ApplicationScoped
public class RecordedEvents implements EventTransport {

  /** One event as a subscriber got it. */
  public record Delivery(String subscriber, Event event) {}

  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile EventTransport answer = this::take;

  /** Everything taken so far, in order of arrival. */
  public List<Delivery> deliveries() {
    return List.copyOf(deliveries);
  }

  /** The payloads of a type taken by a subscriber, in order of arrival. */
  public <T extends Message> List<T> of(Class<T> type, String subscriber) {
    T instance = Internal.getDefaultInstance(type);
    String name = instance.getDescriptorForType().getFullName();
    List<T> payloads = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      if (delivery.subscriber().equals(subscriber) && delivery.event().getType().equals(name)) {
        payloads.add(parse(instance, delivery.event()));
      }
    }
    return payloads;
  }

  /** Nobody can be reached until {@link #reset}. */
  public void outage() {
    answer =
        (subscriber, events) ->
            Uni.createFrom().failure(io.grpc.Status.UNAVAILABLE.asRuntimeException());
  }

  /** Lets somebody else answer, for example the real transport. */
  public void answer(EventTransport transport) {
    answer = transport;
  }

  /** Takes everything again and forgets what was taken. */
  public void reset() {
    deliveries.clear();
    answer = this::take;
  }

  @Override
  public Uni<List<EventResult>> deliver(String subscriber, List<Event> events) {
    return answer.deliver(subscriber, events);
  }

  /** Takes the events: what this does unless told otherwise. */
  public Uni<List<EventResult>> take(String subscriber, List<Event> events) {
    List<EventResult> results = new ArrayList<>();
    for (Event event : events) {
      deliveries.add(new Delivery(subscriber, event));
      results.add(
          EventResult.newBuilder()
              .setEventId(event.getEventId())
              .setOutcome(Outcome.ACCEPTED)
              .build());
    }
    return Uni.createFrom().item(results);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> T parse(T instance, Event event) {
    try {
      return (T) instance.getParserForType().parseFrom(event.getPayload().getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
