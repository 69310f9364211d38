package io.siyu.mall.order.order;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.ListOrdersResponse;
import io.siyu.mall.proto.order.v1.ShipParcelRequest;
import io.smallrye.mutiny.Uni;

/** Orders: read, ship, receive. */
@GrpcService
public class OrderGrpc implements io.siyu.mall.proto.order.v1.Orders {

  private final OrderCommands commands;
  private final OrderQueries queries;
  private final OrderProto proto;
  private final Idempotency idempotency;

  OrderGrpc(
      OrderCommands commands, OrderQueries queries, OrderProto proto, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.proto = proto;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> getOrder(GetOrderRequest request) {
    Caller caller = Caller.current();
    return queries
        .order(OrderId.parse(request.getOrderId()), Scope.of(caller))
        .map(order -> proto.order(order, caller));
  }

  @Override
  public Uni<ListOrdersResponse> listOrders(ListOrdersRequest request) {
    Caller caller = Caller.current();
    return queries
        .list(OrderProto.filter(request, caller), Scope.of(caller))
        .map(
            page ->
                ListOrdersResponse.newBuilder()
                    .addAllOrders(
                        page.items().stream().map(order -> proto.order(order, caller)).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> confirmReceipt(ConfirmReceiptRequest request) {
    Caller caller = Caller.current().requireMember();
    OrderId id = OrderId.parse(request.getOrderId());
    return idempotency
        .once(
            RequestKey.of("order.ConfirmReceipt", request.getRequestId(), request),
            io.siyu.mall.proto.order.v1.Order.parser(),
            () ->
                commands
                    .confirmReceipt(id, Scope.of(caller), Actors.of(caller))
                    .chain(() -> answer(id, caller)))
        .map(order -> proto.reveal(order, caller));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> shipParcel(ShipParcelRequest request) {
    Caller caller = Caller.current();
    Scope scope = Scope.ofStaff(caller);
    OrderId id = OrderId.parse(request.getOrderId());
    var shipment = OrderProto.shipment(request);
    return idempotency
        .once(
            RequestKey.of("order.ShipParcel", request.getRequestId(), request),
            io.siyu.mall.proto.order.v1.Order.parser(),
            () ->
                commands
                    .ship(id, shipment, scope, Actors.of(caller))
                    .chain(() -> answer(id, caller)))
        .map(order -> proto.reveal(order, caller));
  }

  private Uni<io.siyu.mall.proto.order.v1.Order> answer(OrderId id, Caller caller) {
    return queries
        .writtenOrder(id, Scope.of(caller))
        .map(order -> OrderProto.sealed(order, caller));
  }
}
