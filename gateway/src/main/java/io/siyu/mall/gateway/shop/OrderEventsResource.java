package io.siyu.mall.gateway.shop;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.siyu.mall.gateway.http.HttpConfig;
import io.siyu.mall.gateway.shop.OrderViews.ShopOrder;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.MutinyOrdersGrpc.MutinyOrdersStub;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An order's changes as server-sent events. */
@Path(Shop.ROOT + "/orders")
@RolesAllowed(Shop.MEMBER)
@Tag(name = "订单 Orders")
public class OrderEventsResource {

  @GrpcClient("order")
  MutinyOrdersStub orders;

  @Inject HttpConfig config;

  /** Streams that each member holds open. */
  private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();

  @GET
  @Watched
  @Path("/{orderId}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(summary = "订单状态推送（SSE）：事件 order，数据同订单详情；结束或超时后由客户端重连")
  @APIResponse(
      responseCode = "200",
      description = "事件 order，数据为订单",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = ShopOrder.class)))
  public Multi<OutboundSseEvent> watchOrder(
      String orderId, @Context Sse sse, @Context SecurityContext caller) {
    String member = caller.getUserPrincipal().getName();
    enter(member);
    MutinyOrdersStub mine = CallerToken.carry(orders);
    GetOrderRequest request = GetOrderRequest.newBuilder().setOrderId(orderId).build();
    return new OrderWatch(() -> mine.getOrder(request), sse, config.streams())
        .events(WatchedOrder.order())
        .onTermination()
        .invoke(() -> leave(member));
  }

  private void enter(String member) {
    int streams = open.merge(member, 1, Integer::sum);
    if (streams > config.streams().perCaller()) {
      leave(member);
      throw new ProblemException(Problem.of(429, Reasons.TOO_MANY_STREAMS, "同时打开的推送连接过多"), 5);
    }
  }

  private void leave(String member) {
    open.computeIfPresent(member, (key, streams) -> streams == 1 ? null : streams - 1);
  }
}
