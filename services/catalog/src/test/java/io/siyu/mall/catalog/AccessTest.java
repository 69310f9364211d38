package io.siyu.mall.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.AccessContract;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.AddSkuRequest;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogOuterClass;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.ChangePriceRequest;
import io.siyu.mall.proto.catalog.v1.CreateBrandRequest;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.DeleteCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetImportRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.GetReservationRequest;
import io.siyu.mall.proto.catalog.v1.GetStockRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsRequest;
import io.siyu.mall.proto.catalog.v1.ListImportsRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.ListStockMovementsRequest;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.PublishProductRequest;
import io.siyu.mall.proto.catalog.v1.PutBrandOnSaleRequest;
import io.siyu.mall.proto.catalog.v1.QuoteSkusRequest;
import io.siyu.mall.proto.catalog.v1.ReleaseRequest;
import io.siyu.mall.proto.catalog.v1.ReservationLine;
import io.siyu.mall.proto.catalog.v1.ReserveRequest;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.siyu.mall.proto.catalog.v1.StockGrpc;
import io.siyu.mall.proto.catalog.v1.StockOuterClass;
import io.siyu.mall.proto.catalog.v1.TakeBrandOffSaleRequest;
import io.siyu.mall.proto.catalog.v1.UpdateBrandRequest;
import io.siyu.mall.proto.catalog.v1.UpdateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.catalog.v1.WithdrawProductRequest;
import io.siyu.mall.proto.common.v1.Events;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method of the service × every caller, about goods of one brand, off sale. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class AccessTest {

  private static final String ORDER = TestTokens.service("order");

  private final Map<String, Function<String, Object>> calls = new LinkedHashMap<>();
  private Brand brand;
  private Category category;
  private Product product;
  private String importId;

  @BeforeEach
  void goods() {
    brand = CatalogFixture.brand();
    category = CatalogFixture.category("");
    product =
        CatalogFixture.admin()
            .createProduct(CatalogFixture.product(brand, category, 1_000).build());
    importId = startImport(TestTokens.staff(Role.PLATFORM_ADMIN)).getImportId();
    matrix();
  }

  @Test
  void everyMethodForEveryCaller() {
    AccessContract contract =
        AccessContract.ofBrands(brand.getCode(), "another")
            .services(CatalogOuterClass.getDescriptor().getServices())
            .services(StockOuterClass.getDescriptor().getServices())
            .services(Events.getDescriptor().getServices());
    calls.forEach(contract::call);
    assertEquals(List.of(), contract.wrong());
  }

  private void matrix() {
    String sku = product.getSkus(0).getSkuId();
    row(
        "Catalog/CreateBrand",
        t ->
            catalog(t)
                .createBrand(
                    CreateBrandRequest.newBuilder()
                        .setRequestId(id())
                        .setCode(CatalogFixture.unique("b"))
                        .setName(CatalogFixture.unique("b"))
                        .build()));
    row(
        "Catalog/UpdateBrand",
        t ->
            catalog(t)
                .updateBrand(
                    UpdateBrandRequest.newBuilder()
                        .setRequestId(id())
                        .setBrandId(brand.getBrandId())
                        .setVersion(version())
                        .setName(CatalogFixture.unique("b"))
                        .build()));
    row(
        "Catalog/GetBrand",
        t -> catalog(t).getBrand(GetBrandRequest.newBuilder().setCode(brand.getCode()).build()));
    row("Catalog/ListBrands", t -> catalog(t).listBrands(ListBrandsRequest.getDefaultInstance()));
    row(
        "Catalog/CreateCategory",
        t ->
            catalog(t)
                .createCategory(
                    CreateCategoryRequest.newBuilder()
                        .setRequestId(id())
                        .setName(CatalogFixture.unique("c"))
                        .build()));
    row(
        "Catalog/ListCategories",
        t -> catalog(t).listCategories(ListCategoriesRequest.getDefaultInstance()));
    row(
        "Catalog/TakeBrandOffSale",
        t ->
            catalog(t)
                .takeBrandOffSale(
                    TakeBrandOffSaleRequest.newBuilder()
                        .setRequestId(id())
                        .setBrandId(brand.getBrandId())
                        .setReason("x")
                        .build()));
    row(
        "Catalog/PutBrandOnSale",
        t ->
            catalog(t)
                .putBrandOnSale(
                    PutBrandOnSaleRequest.newBuilder()
                        .setRequestId(id())
                        .setBrandId(brand.getBrandId())
                        .build()));
    categoryRows();
    row(
        "Catalog/AddSku",
        t ->
            catalog(t)
                .addSku(
                    AddSkuRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .setSku(CatalogFixture.draft(id(), 100, 1))
                        .build()));
    row(
        "Catalog/CreateProduct",
        t -> catalog(t).createProduct(CatalogFixture.product(brand, category, 1).build()));
    row(
        "Catalog/UpdateProduct",
        t ->
            catalog(t)
                .updateProduct(
                    UpdateProductRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .setVersion(productVersion())
                        .setCategoryId(category.getCategoryId())
                        .setTitle(CatalogFixture.unique("t"))
                        .build()));
    row(
        "Catalog/GetProduct",
        t ->
            catalog(t)
                .getProduct(
                    GetProductRequest.newBuilder().setProductId(product.getProductId()).build()));
    row(
        "Catalog/ListPriceHistory",
        t ->
            catalog(t)
                .listPriceHistory(ListPriceHistoryRequest.newBuilder().setSkuId(sku).build()));
    row(
        "Catalog/PublishProduct",
        t ->
            catalog(t)
                .publishProduct(
                    PublishProductRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .build()));
    row(
        "Catalog/WithdrawProduct",
        t ->
            catalog(t)
                .withdrawProduct(
                    WithdrawProductRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .build()));
    row(
        "Catalog/ChangePrice",
        t ->
            catalog(t)
                .changePrice(
                    ChangePriceRequest.newBuilder()
                        .setRequestId(id())
                        .setSkuId(sku)
                        .setListPrice(CatalogFixture.fen(900))
                        .setPrice(CatalogFixture.fen(800))
                        .build()));
    row(
        "Catalog/ListProducts",
        t ->
            catalog(t)
                .listProducts(
                    ListProductsRequest.newBuilder().setBrandId(brand.getBrandId()).build())
                .getProductsList()
                .stream()
                .filter(one -> one.getProductId().equals(product.getProductId()))
                .count());
    row(
        "Catalog/QuoteSkus",
        t -> catalog(t).quoteSkus(QuoteSkusRequest.newBuilder().addSkuIds(sku).build()));
    stockRows(sku);
    importRows();
  }

  private void categoryRows() {
    row(
        "Catalog/UpdateCategory",
        t ->
            catalog(t)
                .updateCategory(
                    UpdateCategoryRequest.newBuilder()
                        .setRequestId(id())
                        .setCategoryId(category.getCategoryId())
                        .setVersion(category.getVersion())
                        .setName(category.getName())
                        .build()));
    row(
        "Catalog/DeleteCategory",
        t ->
            catalog(t)
                .deleteCategory(
                    DeleteCategoryRequest.newBuilder()
                        .setRequestId(id())
                        .setCategoryId(CatalogFixture.category("").getCategoryId())
                        .build()));
    row(
        "Catalog/GetCategory",
        t ->
            catalog(t)
                .getCategory(
                    GetCategoryRequest.newBuilder()
                        .setCategoryId(category.getCategoryId())
                        .build()));
  }

  private void stockRows(String sku) {
    row("Stock/Reserve", t -> stock(t).reserve(reserve(sku)));
    row(
        "Stock/Release",
        t -> {
          ReserveRequest reserved = reserve(sku);
          stock(ORDER).reserve(reserved);
          return stock(t)
              .release(
                  ReleaseRequest.newBuilder()
                      .setRequestId(id())
                      .setOrderId(reserved.getOrderId())
                      .build());
        });
    row(
        "Stock/GetReservation",
        t -> {
          ReserveRequest reserved = reserve(sku);
          stock(ORDER).reserve(reserved);
          return stock(t)
              .getReservation(
                  GetReservationRequest.newBuilder().setOrderId(reserved.getOrderId()).build());
        });
    row(
        "Stock/AdjustStock",
        t ->
            stock(t)
                .adjustStock(
                    AdjustStockRequest.newBuilder()
                        .setRequestId(id())
                        .setSkuId(sku)
                        .setDelta(1)
                        .setReason("盘点")
                        .build()));
    row(
        "Stock/GetStock",
        t -> stock(t).getStock(GetStockRequest.newBuilder().setSkuId(sku).build()));
    row(
        "Stock/ListStockMovements",
        t ->
            stock(t)
                .listStockMovements(ListStockMovementsRequest.newBuilder().setSkuId(sku).build()));
    row("Stock/Reconcile", t -> stock(t).reconcile(ReconcileRequest.getDefaultInstance()));
    row("Stock/VerifyOrders", t -> stock(t).verifyOrders(VerifyOrdersRequest.getDefaultInstance()));
  }

  private void importRows() {
    row("CatalogImports/StartImport", this::startImport);
    row(
        "CatalogImports/GetImport",
        t -> imports(t).getImport(GetImportRequest.newBuilder().setImportId(importId).build()));
    row(
        "CatalogImports/ListImports",
        t ->
            imports(t)
                .listImports(ListImportsRequest.getDefaultInstance())
                .getImportsList()
                .stream()
                .filter(one -> one.getImportId().equals(importId))
                .count());
    row(
        "CatalogImports/ListImportErrors",
        t ->
            imports(t)
                .listImportErrors(
                    ListImportErrorsRequest.newBuilder().setImportId(importId).build()));
  }

  private CatalogImport startImport(String token) {
    var answer = new java.util.concurrent.CompletableFuture<CatalogImport>();
    var upload =
        stub(token, CatalogImportsGrpc::newStub)
            .startImport(
                new io.grpc.stub.StreamObserver<>() {
                  @Override
                  public void onNext(CatalogImport started) {
                    answer.complete(started);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.complete(null);
                  }
                });
    upload.onNext(
        StartImportRequest.newBuilder()
            .setHeader(
                StartImportRequest.Header.newBuilder()
                    .setRequestId(id())
                    .setFileName("a.csv")
                    .setDefaultBrandCode(brand.getCode()))
            .build());
    upload.onCompleted();
    try {
      return answer.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private void row(String method, Function<String, Object> call) {
    calls.put(method, call);
  }

  private static ReserveRequest reserve(String sku) {
    return ReserveRequest.newBuilder()
        .setRequestId(id())
        .setOrderId(UUID.randomUUID().toString())
        .addLines(ReservationLine.newBuilder().setSkuId(sku).setQuantity(1))
        .build();
  }

  private long version() {
    return CatalogFixture.admin()
        .getBrand(GetBrandRequest.newBuilder().setCode(brand.getCode()).build())
        .getVersion();
  }

  private long productVersion() {
    return CatalogFixture.admin()
        .getProduct(GetProductRequest.newBuilder().setProductId(product.getProductId()).build())
        .getVersion();
  }

  private static String id() {
    return CatalogFixture.requestId();
  }

  private static CatalogGrpc.CatalogBlockingStub catalog(String token) {
    return stub(token, CatalogGrpc::newBlockingStub);
  }

  private static StockGrpc.StockBlockingStub stock(String token) {
    return stub(token, StockGrpc::newBlockingStub);
  }

  private static CatalogImportsGrpc.CatalogImportsBlockingStub imports(String token) {
    return stub(token, CatalogImportsGrpc::newBlockingStub);
  }

  private static <S extends io.grpc.stub.AbstractStub<S>> S stub(
      String token, java.util.function.Function<io.grpc.Channel, S> stub) {
    return token.isEmpty() ? TestGrpc.anonymous(stub) : TestGrpc.as(token, stub);
  }
}
