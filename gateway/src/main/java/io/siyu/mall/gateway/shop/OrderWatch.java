package io.siyu.mall.gateway.shop;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.siyu.mall.gateway.http.HttpConfig;
import io.siyu.mall.gateway.shop.OrderViews.ShopOrder;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One client watching one order: an event whenever the order's version differs from the last one
 * sent, a comment when there was nothing to say for a while, and an end when nothing more can
 * happen.
 */
final class OrderWatch {

  private static final Set<OrderState> FINAL =
      EnumSet.of(OrderState.COMPLETED, OrderState.CANCELLED, OrderState.CLOSED);
  private static final Set<Status.Code> PASSING =
      EnumSet.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
  private static final long RECONNECT_MILLIS = 3000;

  private final Supplier<Uni<Order>> read;
  private final Sse sse;
  private final HttpConfig.Streams config;
  private final long endsAt;
  private Order last;
  private long spokeAt;

  /**
   * @param read reads the order as the member who watches
   */
  OrderWatch(Supplier<Uni<Order>> read, Sse sse, HttpConfig.Streams config) {
    this.read = read;
    this.sse = sse;
    this.config = config;
    this.endsAt = System.nanoTime() + config.longest().toNanos();
  }

  /** The events, beginning with the order as it is. */
  Multi<OutboundSseEvent> events(Order first) {
    last = first;
    spokeAt = System.nanoTime();
    Multi<OutboundSseEvent> now = Multi.createFrom().item(() -> event(first));
    if (isOver(first)) {
      return now;
    }
    Multi<OutboundSseEvent> later =
        Multi.createBy()
            .repeating()
            .uni(this::readAgain)
            .withDelay(config.poll())
            .whilst(order -> !isOver(order) && System.nanoTime() < endsAt)
            .onItem()
            .transformToMultiAndConcatenate(this::tell);
    return Multi.createBy().concatenating().streams(now, wait(config.poll()), later);
  }

  private static Multi<OutboundSseEvent> wait(Duration delay) {
    return Uni.createFrom().<OutboundSseEvent>nullItem().onItem().delayIt().by(delay).toMulti();
  }

  private Uni<Order> readAgain() {
    return read.get().onFailure(OrderWatch::isPassing).recoverWithItem(() -> last);
  }

  private Multi<OutboundSseEvent> tell(Order order) {
    long now = System.nanoTime();
    if (order.getVersion() != last.getVersion() || order.getState() != last.getState()) {
      last = order;
      spokeAt = now;
      return Multi.createFrom().item(event(order));
    }
    if (now - spokeAt >= config.heartbeat().toNanos()) {
      spokeAt = now;
      return Multi.createFrom().item(sse.newEventBuilder().comment("still here").build());
    }
    return Multi.createFrom().empty();
  }

  private OutboundSseEvent event(Order order) {
    return sse.newEventBuilder()
        .id(String.valueOf(order.getVersion()))
        .name("order")
        .reconnectDelay(RECONNECT_MILLIS)
        .mediaType(MediaType.APPLICATION_JSON_TYPE)
        .data(ShopOrder.class, ShopOrder.of(order))
        .build();
  }

  private static boolean isOver(Order order) {
    return FINAL.contains(order.getState());
  }

  private static boolean isPassing(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        && PASSING.contains(status.getStatus().getCode());
  }
}
