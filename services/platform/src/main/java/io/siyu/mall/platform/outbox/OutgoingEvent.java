package io.siyu.mall.platform.outbox;

import com.google.protobuf.Message;
import java.util.UUID;

/**
 * A fact about an aggregate, to be told to the subscribers.
 *
 * @param aggregateType for example {@code order}; events of one aggregate arrive in order
 * @param aggregateId at most 80 ASCII characters
 * @param payload a message of an events.proto; its full name is the event's type
 */
public record OutgoingEvent(String aggregateType, String aggregateId, Message payload) {

  public static OutgoingEvent of(String aggregateType, UUID aggregateId, Message payload) {
    return new OutgoingEvent(aggregateType, aggregateId.toString(), payload);
  }

  /** The full name of the payload's message. */
  public String type() {
    return payload.getDescriptorForType().getFullName();
  }
}
