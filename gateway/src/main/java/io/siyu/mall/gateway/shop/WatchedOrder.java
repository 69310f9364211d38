package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.Orders;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Reads the order that is to be watched before the stream begins: once events are promised, there
 * is no way left to answer with a problem.
 */
public class WatchedOrder {

  private static final String ORDER = "mall.watched-order";

  @GrpcClient("order")
  Orders orders;

  @Watched
  @ServerRequestFilter
  public Uni<Void> read(UriInfo uri) {
    String orderId = uri.getPathParameters().getFirst("orderId");
    return orders
        .getOrder(GetOrderRequest.newBuilder().setOrderId(orderId).build())
        .invoke(order -> ContextLocals.put(ORDER, order))
        .replaceWithVoid();
  }

  /** The order that was read for this request. */
  static Order order() {
    return ContextLocals.<Order>get(ORDER).orElseThrow();
  }
}
