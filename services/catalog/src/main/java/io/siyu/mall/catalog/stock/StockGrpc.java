package io.siyu.mall.catalog.stock;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.GetReservationRequest;
import io.siyu.mall.proto.catalog.v1.GetStockRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsResponse;
import io.siyu.mall.proto.catalog.v1.ReleaseRequest;
import io.siyu.mall.proto.catalog.v1.ReserveRequest;
import io.siyu.mall.proto.catalog.v1.Stock;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersResponse;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The endpoint of stock. */
@GrpcService
public class StockGrpc implements Stock {

  private static final int MAX_FACTS = 1_000;

  private final ReserveStock reserveStock;
  private final StockCommands commands;
  private final StockQueries queries;
  private final StockReconciliation reconciliation;
  private final VerifyOrders verifyOrders;
  private final Idempotency idempotency;
  private final Clock clock;

  StockGrpc(
      ReserveStock reserveStock,
      StockCommands commands,
      StockQueries queries,
      StockReconciliation reconciliation,
      VerifyOrders verifyOrders,
      Idempotency idempotency,
      Clock clock) {
    this.reserveStock = reserveStock;
    this.commands = commands;
    this.queries = queries;
    this.reconciliation = reconciliation;
    this.verifyOrders = verifyOrders;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** The order's id makes it the same request; the reservation itself is the stored response. */
  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Reservation> reserve(ReserveRequest request) {
    Caller caller = Caller.current();
    ReservationRequest wanted =
        ReservationRequest.of(
            Ids.parse("order_id", request.getOrderId()),
            caller.key(),
            StockProto.lines(request),
            StockProto.duration("hold", request.getHold()),
            clock.instant());
    return reserveStock.reserve(wanted).map(StockProto::to);
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Reservation> release(ReleaseRequest request) {
    Caller caller = Caller.current();
    UUID orderId = Ids.parse("order_id", request.getOrderId());
    return idempotency.onceSql(
        RequestKey.of("catalog.Release", request.getRequestId(), request),
        io.siyu.mall.proto.catalog.v1.Reservation.parser(),
        sql -> commands.release(SqlTransaction.of(sql), orderId, caller.key()).map(StockProto::to));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.Reservation> getReservation(
      GetReservationRequest request) {
    UUID orderId = Ids.parse("order_id", request.getOrderId());
    return queries
        .reservations(List.of(orderId))
        .map(
            found -> {
              Reservation reservation = found.get(orderId);
              if (reservation == null) {
                throw DomainException.notFound(
                    Reservation.RESERVATION_UNKNOWN, "the order holds nothing");
              }
              return StockProto.to(reservation);
            });
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.StockLevel> adjustStock(AdjustStockRequest request) {
    Caller caller = Caller.current();
    UUID skuId = Ids.parse("sku_id", request.getSkuId());
    return idempotency.onceSql(
        RequestKey.of("catalog.AdjustStock", request.getRequestId(), request),
        io.siyu.mall.proto.catalog.v1.StockLevel.parser(),
        () -> queries.level(skuId).invoke(level -> caller.requireBrand(level.brandCode())),
        (level, sql) ->
            commands
                .adjust(
                    SqlTransaction.of(sql),
                    skuId,
                    request.getDelta(),
                    request.getReason(),
                    caller.key())
                .map(after -> StockProto.to(skuId, after)));
  }

  @Override
  public Uni<io.siyu.mall.proto.catalog.v1.StockLevel> getStock(GetStockRequest request) {
    Caller caller = Caller.current();
    UUID skuId = Ids.parse("sku_id", request.getSkuId());
    return visibleLevel(caller, skuId).map(level -> StockProto.to(skuId, level.level()));
  }

  @Override
  public Uni<ListStockMovementsResponse> listStockMovements(ListStockMovementsRequest request) {
    Caller caller = Caller.current();
    UUID skuId = Ids.parse("sku_id", request.getSkuId());
    int size = PageSize.of(request.getPageSize());
    return visibleLevel(caller, skuId)
        .chain(() -> queries.movements(skuId, size, request.getPageToken()))
        .map(StockProto::to);
  }

  @Override
  public Uni<ReconcileResponse> reconcile(ReconcileRequest request) {
    return reconciliation
        .run()
        .map(
            findings ->
                ReconcileResponse.newBuilder().addAllChecks(StockProto.to(findings)).build());
  }

  @Override
  public Uni<VerifyOrdersResponse> verifyOrders(VerifyOrdersRequest request) {
    Validation.start().range("facts", request.getFactsCount(), 0, MAX_FACTS).check();
    List<OrderStock> orders = new ArrayList<>();
    for (int i = 0; i < request.getFactsCount(); i++) {
      orders.add(StockProto.from(i, request.getFacts(i)));
    }
    return verifyOrders
        .verify(orders)
        .map(
            findings ->
                VerifyOrdersResponse.newBuilder().addAllChecks(StockProto.to(findings)).build());
  }

  private Uni<StockQueries.BrandLevel> visibleLevel(Caller caller, UUID skuId) {
    return queries.level(skuId).invoke(level -> caller.requireBrand(level.brandCode()));
  }
}
