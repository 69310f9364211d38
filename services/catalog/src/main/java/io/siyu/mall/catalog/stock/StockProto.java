package io.siyu.mall.catalog.stock;

import com.google.protobuf.Duration;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsResponse;
import io.siyu.mall.proto.catalog.v1.ReservationLine;
import io.siyu.mall.proto.catalog.v1.ReserveRequest;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.order.v1.LineFact;
import io.siyu.mall.proto.order.v1.OrderFact;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Stock on the wire. */
final class StockProto {

  private StockProto() {}

  static List<Reservation.Line> lines(ReserveRequest request) {
    List<Reservation.Line> lines = new ArrayList<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      ReservationLine line = request.getLines(i);
      UUID sku = Ids.parse("lines[" + i + "].sku_id", line.getSkuId());
      lines.add(new Reservation.Line(sku, line.getQuantity(), 0));
    }
    return lines;
  }

  static java.time.Duration duration(String field, Duration duration) {
    try {
      return java.time.Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
    } catch (ArithmeticException | DateTimeException e) {
      throw DomainException.invalid(field, "is too long");
    }
  }

  static io.siyu.mall.proto.catalog.v1.Reservation to(Reservation reservation) {
    io.siyu.mall.proto.catalog.v1.Reservation.Builder proto =
        io.siyu.mall.proto.catalog.v1.Reservation.newBuilder()
            .setOrderId(ProtoIds.to(reservation.orderId()))
            .setState(
                io.siyu.mall.proto.catalog.v1.ReservationState.valueOf(reservation.state().name()))
            .setHeldAt(ProtoTime.to(reservation.heldAt()));
    if (reservation.expiresAt() != null) {
      proto.setExpiresAt(ProtoTime.to(reservation.expiresAt()));
    }
    for (Reservation.Line line : reservation.lines()) {
      proto.addLines(
          ReservationLine.newBuilder()
              .setSkuId(ProtoIds.to(line.skuId()))
              .setQuantity(line.quantity()));
    }
    return proto.build();
  }

  static io.siyu.mall.proto.catalog.v1.StockLevel to(UUID skuId, StockLevel level) {
    return io.siyu.mall.proto.catalog.v1.StockLevel.newBuilder()
        .setSkuId(ProtoIds.to(skuId))
        .setSupplied(level.supplied())
        .setAvailable(level.available())
        .setHeld(level.held())
        .setSold(level.sold())
        .build();
  }

  static ListStockMovementsResponse to(StockQueries.MovementPage page) {
    ListStockMovementsResponse.Builder proto =
        ListStockMovementsResponse.newBuilder().setNextPageToken(page.nextPageToken());
    for (StockMovement movement : page.movements()) {
      proto.addMovements(
          io.siyu.mall.proto.catalog.v1.StockMovement.newBuilder()
              .setSkuId(ProtoIds.to(movement.skuId()))
              .setKind(movement.kind().name())
              .setQuantity(movement.quantity())
              .setOrderId(ProtoIds.to(movement.orderId()))
              .setReason(movement.reason())
              .setBy(movement.by())
              .setAt(ProtoTime.to(movement.at())));
    }
    return proto.build();
  }

  static OrderStock from(int index, OrderFact fact) {
    String field = "facts[" + index + "].";
    Map<UUID, Long> quantities = new HashMap<>();
    Map<UUID, Long> restocked = new HashMap<>();
    for (LineFact line : fact.getLinesList()) {
      UUID sku = Ids.parse(field + "lines.sku_id", line.getSkuId());
      quantities.merge(sku, line.getQuantity(), Long::sum);
      restocked.merge(sku, line.getRestockedQuantity(), Long::sum);
    }
    return new OrderStock(
        Ids.parse(field + "order_id", fact.getOrderId()), fact.getState(), quantities, restocked);
  }

  static List<Check> to(List<Finding> findings) {
    return findings.stream().map(StockProto::to).toList();
  }

  private static Check to(Finding finding) {
    Check.Builder check =
        Check.newBuilder()
            .setName(finding.name())
            .setCompared(finding.compared())
            .setDifferenceCount(finding.differenceCount())
            .setDifferenceAmount(finding.differenceAmount());
    for (Finding.Difference difference : finding.differences()) {
      check
          .addDifferencesBuilder()
          .setKey(difference.key())
          .setExpected(difference.expected())
          .setActual(difference.actual())
          .setMessage(difference.message());
    }
    return check.build();
  }
}
