package io.siyu.mall.order.client;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.AsThisService;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.proto.catalog.v1.MutinyCatalogGrpc.MutinyCatalogStub;
import io.siyu.mall.proto.catalog.v1.MutinyStockGrpc.MutinyStockStub;
import io.siyu.mall.proto.catalog.v1.QuoteSkusRequest;
import io.siyu.mall.proto.catalog.v1.ReleaseRequest;
import io.siyu.mall.proto.catalog.v1.ReservationLine;
import io.siyu.mall.proto.catalog.v1.ReserveRequest;
import io.siyu.mall.proto.catalog.v1.SkuQuote;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The catalogue over gRPC. Holding stock is this service's alone, whoever buys. */
@ApplicationScoped
public class GrpcCatalogClient implements CatalogClient {

  private final MutinyCatalogStub catalog;
  private final MutinyStockStub stock;

  GrpcCatalogClient(
      @GrpcClient("catalog") MutinyCatalogStub catalog,
      @GrpcClient("catalog") MutinyStockStub stock,
      AsThisService asThisService) {
    this.catalog = catalog.withInterceptors(asThisService);
    this.stock = stock.withInterceptors(asThisService);
  }

  @Override
  public Uni<List<Quote>> quote(List<UUID> skuIds) {
    QuoteSkusRequest request =
        QuoteSkusRequest.newBuilder()
            .addAllSkuIds(skuIds.stream().map(UUID::toString).toList())
            .build();
    return Remote.call(() -> catalog.quoteSkus(request))
        .map(response -> response.getQuotesList().stream().map(GrpcCatalogClient::quote).toList());
  }

  @Override
  public Uni<Void> reserve(
      UUID requestId, UUID orderId, Map<UUID, Long> quantities, Duration hold) {
    ReserveRequest.Builder request =
        ReserveRequest.newBuilder()
            .setRequestId(requestId.toString())
            .setOrderId(orderId.toString())
            .setHold(com.google.protobuf.Duration.newBuilder().setSeconds(hold.toSeconds()));
    quantities.forEach(
        (sku, quantity) ->
            request.addLines(
                ReservationLine.newBuilder().setSkuId(sku.toString()).setQuantity(quantity)));
    return Remote.call(() -> stock.reserve(request.build())).replaceWithVoid();
  }

  @Override
  public Uni<Void> release(UUID requestId, UUID orderId) {
    ReleaseRequest request =
        ReleaseRequest.newBuilder()
            .setRequestId(requestId.toString())
            .setOrderId(orderId.toString())
            .build();
    return Remote.call(() -> stock.release(request)).replaceWithVoid();
  }

  private static Quote quote(SkuQuote quote) {
    return new Quote(
        Ids.parse("sku_id", quote.getSkuId()),
        Ids.parseOptional("product_id", quote.getProductId()),
        Ids.parseOptional("brand_id", quote.getBrandId()),
        quote.getBrandCode(),
        quote.getBrandName(),
        quote.getCategoryIdsList(),
        quote.getTitle(),
        quote.getSpecText(),
        quote.getCoverUrl(),
        ProtoMoney.from(quote.getPrice()),
        quote.getAfterSaleDays(),
        quote.getAvailable(),
        quote.getSellable(),
        quote.getNotSellableReason());
  }
}
