package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.GetStockRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsRequest;
import io.siyu.mall.proto.catalog.v1.Stock;
import io.siyu.mall.proto.catalog.v1.StockLevel;
import io.siyu.mall.proto.catalog.v1.StockMovement;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Pieces in stock. */
@Path(Admin.ROOT + "/stock")
@Tag(name = "库存 Stock")
public class StockResource {

  @GrpcClient("catalog")
  Stock stock;

  @POST
  @Path("/adjustments")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.BRAND_OPERATOR})
  @ResponseStatus(201)
  @Operation(summary = "补货或减库存，须说明原因")
  public Uni<AdminStockLevel> adjustStock(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminStockAdjustmentRequest body) {
    return stock
        .adjustStock(
            AdjustStockRequest.newBuilder()
                .setRequestId(requestId)
                .setSkuId(body.skuId())
                .setDelta(body.delta())
                .setReason(body.reason())
                .build())
        .map(AdminStockLevel::of);
  }

  @GET
  @Path("/{skuId}")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "一个规格的库存")
  public Uni<AdminStockLevel> getStock(String skuId) {
    return stock
        .getStock(GetStockRequest.newBuilder().setSkuId(skuId).build())
        .map(AdminStockLevel::of);
  }

  @GET
  @Path("/{skuId}/movements")
  @RolesAllowed({
    Admin.PLATFORM_ADMIN,
    Admin.BRAND_ADMIN,
    Admin.BRAND_OPERATOR,
    Admin.FINANCE,
    Admin.AUDITOR
  })
  @Operation(summary = "库存流水")
  public Uni<Page<AdminStockMovement>> listStockMovements(
      String skuId, @Valid @BeanParam PageQuery page) {
    return stock
        .listStockMovements(
            ListStockMovementsRequest.newBuilder()
                .setSkuId(skuId)
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getMovementsList(), AdminStockMovement::of, r.getNextPageToken()));
  }

  /** Pieces added (positive) or taken away (negative). */
  public record AdminStockAdjustmentRequest(
      @NotBlank @Text(TextType.ID) String skuId,
      @NotNull @Min(-Bounds.STOCK) @Max(Bounds.STOCK) Long delta,
      @NotBlank @Text(TextType.REASON) String reason) {}

  /** available + held + sold = supplied. */
  public record AdminStockLevel(String skuId, long supplied, long available, long held, long sold) {

    static AdminStockLevel of(StockLevel level) {
      return new AdminStockLevel(
          level.getSkuId(),
          level.getSupplied(),
          level.getAvailable(),
          level.getHeld(),
          level.getSold());
    }
  }

  /** One change of a stock; kinds are SUPPLY, HOLD, COMMIT, RELEASE, EXPIRE, RESTOCK. */
  public record AdminStockMovement(
      String skuId,
      String kind,
      long quantity,
      @Nullable String orderId,
      @Nullable String reason,
      @Nullable String by,
      @Nullable Instant at) {

    static AdminStockMovement of(StockMovement m) {
      return new AdminStockMovement(
          m.getSkuId(),
          m.getKind(),
          m.getQuantity(),
          Wire.text(m.getOrderId()),
          Wire.text(m.getReason()),
          Wire.text(m.getBy()),
          Wire.instant(m.hasAt(), m.getAt()));
    }
  }
}
