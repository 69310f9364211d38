package io.siyu.mall.order.order;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.order.fulfilment.Label;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.proto.order.v1.ChangeAddressRequest;
import io.siyu.mall.proto.order.v1.ConfirmReceiptRequest;
import io.siyu.mall.proto.order.v1.CorrectParcelRequest;
import io.siyu.mall.proto.order.v1.GetOrderRequest;
import io.siyu.mall.proto.order.v1.HasOrdersRequest;
import io.siyu.mall.proto.order.v1.HasOrdersResponse;
import io.siyu.mall.proto.order.v1.ListOrdersRequest;
import io.siyu.mall.proto.order.v1.ListOrdersResponse;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.ShipParcelRequest;
import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;

/** Orders: read, ship, receive, set right. */
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
    // A phone number is asked for by those who may know it.
    Scope scope =
        caller.isMember() || request.getReceiverPhone().isBlank()
            ? Scope.of(caller)
            : Scope.of(caller.require(OrdersGrpc.getShipParcelMethod()));
    return queries
        .list(proto.filter(request, caller), scope)
        .map(
            page ->
                ListOrdersResponse.newBuilder()
                    .addAllOrders(
                        page.items().stream().map(order -> proto.order(order, caller)).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<HasOrdersResponse> hasOrders(HasOrdersRequest request) {
    return queries
        .hasOrders(Ids.parse("member_id", request.getMemberId()))
        .map(has -> HasOrdersResponse.newBuilder().setHasOrders(has).build());
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> confirmReceipt(ConfirmReceiptRequest request) {
    Caller caller = Caller.current().requireMember();
    OrderId id = OrderId.parse(request.getOrderId());
    return once(
        RequestKey.of("order.ConfirmReceipt", request.getRequestId(), request),
        id,
        caller,
        () -> commands.confirmReceipt(id, Scope.of(caller), Actors.of(caller)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> shipParcel(ShipParcelRequest request) {
    Caller caller = Caller.current();
    Scope scope = Scope.of(caller);
    OrderId id = OrderId.parse(request.getOrderId());
    var shipment = OrderProto.shipment(request);
    return once(
        RequestKey.of("order.ShipParcel", request.getRequestId(), request),
        id,
        caller,
        () -> commands.ship(id, shipment, scope, Actors.of(caller)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> correctParcel(CorrectParcelRequest request) {
    Caller caller = Caller.current();
    Scope scope = Scope.of(caller);
    OrderId id = OrderId.parse(request.getOrderId());
    UUID parcel = Ids.parse("parcel_id", request.getParcelId());
    Label label = OrderProto.label(request.getCarrier(), request.getTrackingNumber());
    label.validate(Validation.start()).check();
    String reason = OrderProto.reason(request.getReason(), caller);
    return once(
        RequestKey.of("order.CorrectParcel", request.getRequestId(), request),
        id,
        caller,
        () -> commands.correctParcel(id, parcel, label, reason, scope, Actors.of(caller)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Order> changeAddress(ChangeAddressRequest request) {
    Caller caller = Caller.current();
    Scope scope = Scope.of(caller);
    OrderId id = OrderId.parse(request.getOrderId());
    Address address = OrderProto.address(request.getAddress());
    String reason = OrderProto.reason(request.getReason(), caller);
    return once(
        RequestKey.of("order.ChangeAddress", request.getRequestId(), request),
        id,
        caller,
        () -> commands.changeAddress(id, address, reason, scope, Actors.of(caller)));
  }

  private Uni<io.siyu.mall.proto.order.v1.Order> once(
      RequestKey key, OrderId id, Caller caller, Supplier<Uni<Void>> command) {
    return idempotency
        .once(
            key,
            io.siyu.mall.proto.order.v1.Order.parser(),
            () -> command.get().chain(() -> answer(id, caller)))
        .map(order -> proto.reveal(order, caller));
  }

  private Uni<io.siyu.mall.proto.order.v1.Order> answer(OrderId id, Caller caller) {
    return queries
        .writtenOrder(id, Scope.of(caller))
        .map(order -> OrderProto.sealed(order, caller));
  }
}
