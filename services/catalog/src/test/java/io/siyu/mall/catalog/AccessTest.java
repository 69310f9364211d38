package io.siyu.mall.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.AddSkuRequest;
import io.siyu.mall.proto.catalog.v1.AdjustStockRequest;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
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
import io.siyu.mall.proto.catalog.v1.TakeBrandOffSaleRequest;
import io.siyu.mall.proto.catalog.v1.UpdateBrandRequest;
import io.siyu.mall.proto.catalog.v1.UpdateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.catalog.v1.WithdrawProductRequest;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.EventAdminGrpc;
import io.siyu.mall.proto.common.v1.EventSinkGrpc;
import io.siyu.mall.proto.common.v1.ListParkedEventsRequest;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.RedriveParkedEventsRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every method of the service × every kind of caller. A method without a line here fails. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class AccessTest {

  /** Everybody who can come. */
  enum Who {
    ANYBODY,
    MEMBER,
    OWN_BRAND_ADMIN,
    OWN_BRAND_OPERATOR,
    OTHER_BRAND_ADMIN,
    PLATFORM_ADMIN,
    FINANCE,
    AUDITOR,
    MENTOR,
    SERVICE
  }

  private static final Set<Who> ALL = EnumSet.allOf(Who.class);
  private static final Set<Who> WRITERS =
      EnumSet.of(Who.OWN_BRAND_ADMIN, Who.OWN_BRAND_OPERATOR, Who.PLATFORM_ADMIN);
  private static final Set<Who> BRAND_READERS =
      EnumSet.of(
          Who.OWN_BRAND_ADMIN,
          Who.OWN_BRAND_OPERATOR,
          Who.PLATFORM_ADMIN,
          Who.FINANCE,
          Who.AUDITOR,
          Who.SERVICE);
  private static final Set<Who> BOOK_KEEPERS =
      EnumSet.of(Who.PLATFORM_ADMIN, Who.FINANCE, Who.AUDITOR, Who.SERVICE);
  private static final Set<Who> BUYERS = EnumSet.of(Who.MEMBER, Who.SERVICE);
  private static final Set<Who> IMPORT_READERS =
      EnumSet.of(
          Who.OWN_BRAND_ADMIN,
          Who.OWN_BRAND_OPERATOR,
          Who.OTHER_BRAND_ADMIN,
          Who.PLATFORM_ADMIN,
          Who.AUDITOR,
          Who.SERVICE);

  @Inject @Any Instance<BindableService> services;

  private final Map<String, Set<Who>> allowed = new LinkedHashMap<>();
  private final Map<String, Consumer<String>> calls = new LinkedHashMap<>();
  private final Map<Who, String> tokens = new EnumMap<>(Who.class);
  private Brand brand;
  private Category category;
  private Product product;

  @BeforeEach
  void goods() {
    brand = CatalogFixture.brand();
    category = CatalogFixture.category("");
    product =
        CatalogFixture.admin()
            .createProduct(CatalogFixture.product(brand, category, 1_000).build());
    tokens.put(Who.MEMBER, TestTokens.member(UUID.randomUUID()));
    tokens.put(Who.OWN_BRAND_ADMIN, TestTokens.staff(Role.BRAND_ADMIN, brand.getCode()));
    tokens.put(Who.OWN_BRAND_OPERATOR, TestTokens.staff(Role.BRAND_OPERATOR, brand.getCode()));
    tokens.put(Who.OTHER_BRAND_ADMIN, TestTokens.staff(Role.BRAND_ADMIN, "another"));
    tokens.put(Who.PLATFORM_ADMIN, TestTokens.staff(Role.PLATFORM_ADMIN));
    tokens.put(Who.FINANCE, TestTokens.staff(Role.FINANCE));
    tokens.put(Who.AUDITOR, TestTokens.staff(Role.AUDITOR));
    tokens.put(Who.MENTOR, TestTokens.staff(Role.MENTOR));
    tokens.put(Who.SERVICE, TestTokens.service("order"));
    matrix();
  }

  private void matrix() {
    String sku = product.getSkus(0).getSkuId();
    row(
        "Catalog/CreateBrand",
        EnumSet.of(Who.PLATFORM_ADMIN),
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
        WRITERS,
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
        ALL,
        t -> catalog(t).getBrand(GetBrandRequest.newBuilder().setCode(brand.getCode()).build()));
    row(
        "Catalog/ListBrands",
        ALL,
        t -> catalog(t).listBrands(ListBrandsRequest.getDefaultInstance()));
    row(
        "Catalog/CreateCategory",
        EnumSet.of(Who.PLATFORM_ADMIN),
        t ->
            catalog(t)
                .createCategory(
                    CreateCategoryRequest.newBuilder()
                        .setRequestId(id())
                        .setName(CatalogFixture.unique("c"))
                        .build()));
    row(
        "Catalog/ListCategories",
        ALL,
        t -> catalog(t).listCategories(ListCategoriesRequest.getDefaultInstance()));
    row(
        "Catalog/TakeBrandOffSale",
        WRITERS,
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
        WRITERS,
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
        WRITERS,
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
        WRITERS,
        t -> catalog(t).createProduct(CatalogFixture.product(brand, category, 1).build()));
    row(
        "Catalog/UpdateProduct",
        WRITERS,
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
        BRAND_READERS,
        t ->
            catalog(t)
                .getProduct(
                    GetProductRequest.newBuilder().setProductId(product.getProductId()).build()));
    row(
        "Catalog/ListPriceHistory",
        BRAND_READERS,
        t ->
            catalog(t)
                .listPriceHistory(ListPriceHistoryRequest.newBuilder().setSkuId(sku).build()));
    row(
        "Catalog/PublishProduct",
        WRITERS,
        t ->
            catalog(t)
                .publishProduct(
                    PublishProductRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .build()));
    row(
        "Catalog/WithdrawProduct",
        WRITERS,
        t ->
            catalog(t)
                .withdrawProduct(
                    WithdrawProductRequest.newBuilder()
                        .setRequestId(id())
                        .setProductId(product.getProductId())
                        .build()));
    row(
        "Catalog/ChangePrice",
        WRITERS,
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
        ALL,
        t -> catalog(t).listProducts(ListProductsRequest.getDefaultInstance()));
    row(
        "Catalog/QuoteSkus",
        ALL,
        t -> catalog(t).quoteSkus(QuoteSkusRequest.newBuilder().addSkuIds(sku).build()));
    stockRows(sku);
    importRows();
    row(
        "EventSink/Deliver",
        EnumSet.of(Who.SERVICE),
        t -> stub(t, EventSinkGrpc::newBlockingStub).deliver(DeliverRequest.getDefaultInstance()));
    row(
        "EventAdmin/ListParkedEvents",
        EnumSet.of(Who.SERVICE, Who.PLATFORM_ADMIN),
        t ->
            stub(t, EventAdminGrpc::newBlockingStub)
                .listParkedEvents(ListParkedEventsRequest.getDefaultInstance()));
    row(
        "EventAdmin/RedriveParkedEvents",
        EnumSet.of(Who.SERVICE, Who.PLATFORM_ADMIN),
        t ->
            stub(t, EventAdminGrpc::newBlockingStub)
                .redriveParkedEvents(
                    RedriveParkedEventsRequest.newBuilder()
                        .setRequestId(id())
                        .setSubscriber("x")
                        .build()));
  }

  private void categoryRows() {
    row(
        "Catalog/UpdateCategory",
        EnumSet.of(Who.PLATFORM_ADMIN),
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
        EnumSet.of(Who.PLATFORM_ADMIN),
        t ->
            catalog(t)
                .deleteCategory(
                    DeleteCategoryRequest.newBuilder()
                        .setRequestId(id())
                        .setCategoryId(CatalogFixture.category("").getCategoryId())
                        .build()));
    row(
        "Catalog/GetCategory",
        EnumSet.complementOf(EnumSet.of(Who.ANYBODY, Who.MEMBER, Who.SERVICE)),
        t ->
            catalog(t)
                .getCategory(
                    GetCategoryRequest.newBuilder()
                        .setCategoryId(category.getCategoryId())
                        .build()));
  }

  private void stockRows(String sku) {
    row("Stock/Reserve", BUYERS, t -> stock(t).reserve(reserve(sku)));
    row(
        "Stock/Release",
        BUYERS,
        t -> {
          ReserveRequest reserved = reserve(sku);
          stock(t.isEmpty() || !isBuyer(t) ? tokens.get(Who.SERVICE) : t).reserve(reserved);
          stock(t)
              .release(
                  ReleaseRequest.newBuilder()
                      .setRequestId(id())
                      .setOrderId(reserved.getOrderId())
                      .build());
        });
    row(
        "Stock/GetReservation",
        EnumSet.of(Who.MEMBER, Who.PLATFORM_ADMIN, Who.FINANCE, Who.AUDITOR, Who.SERVICE),
        t -> {
          ReserveRequest reserved = reserve(sku);
          stock(isBuyer(t) ? t : tokens.get(Who.SERVICE)).reserve(reserved);
          stock(t)
              .getReservation(
                  GetReservationRequest.newBuilder().setOrderId(reserved.getOrderId()).build());
        });
    row(
        "Stock/AdjustStock",
        WRITERS,
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
        BRAND_READERS,
        t -> stock(t).getStock(GetStockRequest.newBuilder().setSkuId(sku).build()));
    row(
        "Stock/ListStockMovements",
        BRAND_READERS,
        t ->
            stock(t)
                .listStockMovements(ListStockMovementsRequest.newBuilder().setSkuId(sku).build()));
    row(
        "Stock/Reconcile",
        BOOK_KEEPERS,
        t -> stock(t).reconcile(ReconcileRequest.getDefaultInstance()));
    row(
        "Stock/VerifyOrders",
        BOOK_KEEPERS,
        t -> stock(t).verifyOrders(VerifyOrdersRequest.getDefaultInstance()));
  }

  private void importRows() {
    row("CatalogImports/StartImport", WRITERS, this::startImport);
    row(
        "CatalogImports/GetImport",
        IMPORT_READERS,
        t ->
            expectUnknown(
                () ->
                    imports(t)
                        .getImport(
                            GetImportRequest.newBuilder()
                                .setImportId(UUID.randomUUID().toString())
                                .build())));
    row(
        "CatalogImports/ListImports",
        IMPORT_READERS,
        t -> imports(t).listImports(ListImportsRequest.getDefaultInstance()));
    row(
        "CatalogImports/ListImportErrors",
        IMPORT_READERS,
        t ->
            expectUnknown(
                () ->
                    imports(t)
                        .listImportErrors(
                            ListImportErrorsRequest.newBuilder()
                                .setImportId(UUID.randomUUID().toString())
                                .build())));
  }

  @Test
  void everyMethodHasItsLine() {
    Set<String> methods = new TreeSet<>();
    for (BindableService service : services) {
      ServiceDescriptor descriptor = service.bindService().getServiceDescriptor();
      for (MethodDescriptor<?, ?> method : descriptor.getMethods()) {
        if (descriptor.getName().startsWith("mall.")) {
          String name = method.getFullMethodName();
          methods.add(name.substring(name.lastIndexOf('.') + 1));
        }
      }
    }
    assertEquals(methods, new TreeSet<>(allowed.keySet()));
    assertTrue(methods.size() > 20, methods::toString);
  }

  @Test
  void everyoneMayDoWhatIsTheirsAndNothingElse() {
    List<String> wrong = new ArrayList<>();
    allowed.forEach(
        (method, who) -> {
          for (Who caller : Who.values()) {
            String outcome = outcome(method, tokens.getOrDefault(caller, ""));
            String expected = expected(method, who, caller);
            if (!outcome.equals(expected)) {
              wrong.add(method + " by " + caller + ": " + outcome + ", not " + expected);
            }
          }
        });
    assertEquals(List.of(), wrong);
  }

  private static String expected(String method, Set<Who> who, Who caller) {
    if (who.contains(caller)) {
      return "OK";
    }
    if (method.equals("Catalog/GetProduct") || method.equals("Catalog/ListPriceHistory")) {
      return "NOT_FOUND";
    }
    return caller == Who.ANYBODY ? "UNAUTHENTICATED" : "PERMISSION_DENIED";
  }

  private String outcome(String method, String token) {
    try {
      calls.get(method).accept(token);
      return "OK";
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode() == Status.Code.INTERNAL
          ? e.toString()
          : e.getStatus().getCode().name();
    }
  }

  private void startImport(String token) {
    var answer = new java.util.concurrent.CompletableFuture<Void>();
    var upload =
        stub(token, CatalogImportsGrpc::newStub)
            .startImport(
                new io.grpc.stub.StreamObserver<>() {
                  @Override
                  public void onNext(io.siyu.mall.proto.catalog.v1.CatalogImport started) {
                    answer.complete(null);
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
      answer.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  private boolean isBuyer(String token) {
    return token.equals(tokens.get(Who.MEMBER)) || token.equals(tokens.get(Who.SERVICE));
  }

  private void row(String method, Set<Who> who, Consumer<String> call) {
    allowed.put(method, who);
    calls.put(method, call);
  }

  /** Nobody has this import: whoever may ask is told so. */
  private static void expectUnknown(Runnable call) {
    try {
      call.run();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
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
