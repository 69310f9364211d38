package io.siyu.mall.catalog.stock;

import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.GetReservationRequest;
import io.siyu.mall.proto.catalog.v1.GetStockRequest;
import io.siyu.mall.proto.catalog.v1.ReleaseRequest;
import io.siyu.mall.proto.catalog.v1.Reservation;
import io.siyu.mall.proto.catalog.v1.ReservationLine;
import io.siyu.mall.proto.catalog.v1.ReserveRequest;
import io.siyu.mall.proto.catalog.v1.StockGrpc;
import io.siyu.mall.proto.catalog.v1.StockLevel;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import java.util.List;

/** The stock endpoint as somebody calls it. */
final class StockCalls {

  private static final String ADMIN = TestTokens.staff(Role.PLATFORM_ADMIN);
  private static final String SERVICE = TestTokens.service("order");

  private final StockGrpc.StockBlockingStub stub;

  private StockCalls(String token) {
    this.stub = TestGrpc.as(token, StockGrpc::newBlockingStub);
  }

  static StockCalls admin() {
    return new StockCalls(ADMIN);
  }

  static StockCalls service() {
    return new StockCalls(SERVICE);
  }

  static StockCalls as(String token) {
    return new StockCalls(token);
  }

  StockGrpc.StockBlockingStub stub() {
    return stub;
  }

  Reservation reserve(String orderId, String skuId, long quantity) {
    return reserve(orderId, List.of(line(skuId, quantity)));
  }

  Reservation reserve(String orderId, List<ReservationLine> lines) {
    return stub.reserve(
        ReserveRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setOrderId(orderId)
            .addAllLines(lines)
            .build());
  }

  Reservation release(String orderId) {
    return stub.release(
        ReleaseRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setOrderId(orderId)
            .build());
  }

  Reservation reservation(String orderId) {
    return stub.getReservation(GetReservationRequest.newBuilder().setOrderId(orderId).build());
  }

  StockLevel adjust(String skuId, long delta) {
    return stub.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setSkuId(skuId)
            .setDelta(delta)
            .setReason("盘点")
            .build());
  }

  StockLevel level(String skuId) {
    return stub.getStock(GetStockRequest.newBuilder().setSkuId(skuId).build());
  }

  List<Check> reconcile() {
    return stub.reconcile(ReconcileRequest.getDefaultInstance()).getChecksList();
  }

  static ReservationLine line(String skuId, long quantity) {
    return ReservationLine.newBuilder().setSkuId(skuId).setQuantity(quantity).build();
  }

  static StockLevel level(String skuId, long supplied, long available, long held, long sold) {
    return StockLevel.newBuilder()
        .setSkuId(skuId)
        .setSupplied(supplied)
        .setAvailable(available)
        .setHeld(held)
        .setSold(sold)
        .build();
  }
}
