package io.siyu.mall.platform.outbox;

import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which service is told of which event. A service produces its one table as a bean:
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * Subscriptions subscriptions() {
 *   return Subscriptions.start()
 *       .send(OrderPaid.class, "catalog", "distributor")
 *       .send(OrderCompleted.class, "distributor", "membership")
 *       .build();
 * }
 * }</pre>
 */
public final class Subscriptions {

  private final Map<String, List<String>> byType;

  private Subscriptions(Map<String, List<String>> byType) {
    this.byType = Map.copyOf(byType);
  }

  public static Builder start() {
    return new Builder();
  }

  /** A service that sends no events. */
  public static Subscriptions none() {
    return start().build();
  }

  /**
   * The subscribers of a type.
   *
   * @throws IllegalStateException when the table does not know the type: an event would be lost
   */
  List<String> of(String type) {
    List<String> subscribers = byType.get(type);
    if (subscribers == null) {
      throw new IllegalStateException("no subscription table entry for " + type);
    }
    return subscribers;
  }

  /** Every subscriber of any type. */
  Set<String> subscribers() {
    Set<String> all = new TreeSet<>();
    byType.values().forEach(all::addAll);
    return all;
  }

  /** Collects the table. */
  public static final class Builder {
    private final Map<String, List<String>> byType = new HashMap<>();

    private Builder() {}

    /**
     * @param subscribers names of services ({@code mall.services.<name>.host}); none: the event is
     *     known, and nobody listens yet
     */
    public Builder send(Class<? extends Message> type, String... subscribers) {
      MessageLite instance = Internal.getDefaultInstance(type);
      String name = ((Message) instance).getDescriptorForType().getFullName();
      byType.put(name, List.of(subscribers));
      return this;
    }

    public Subscriptions build() {
      return new Subscriptions(byType);
    }
  }
}
