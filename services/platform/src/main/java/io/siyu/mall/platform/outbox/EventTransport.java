package io.siyu.mall.platform.outbox;

import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Carries events to a subscriber: gRPC by default, something else where a deployment needs it. */
public interface EventTransport {

  /**
   * Delivers the events in order.
   *
   * @return one result per event that the subscriber spoke about; fails when the subscriber could
   *     not be reached or did not answer, in which case nothing is known of any
   */
  Uni<List<EventResult>> deliver(String subscriber, List<Event> events);
}
