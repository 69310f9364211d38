package io.siyu.mall.catalog.product;

import static io.siyu.mall.catalog.Refusals.invalid;
import static io.siyu.mall.catalog.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.ChangePriceRequest;
import io.siyu.mall.proto.catalog.v1.CreateBrandRequest;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsResponse;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryResponse;
import io.siyu.mall.proto.catalog.v1.PricePoint;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.siyu.mall.proto.catalog.v1.QuoteSkusRequest;
import io.siyu.mall.proto.catalog.v1.SkuQuote;
import io.siyu.mall.proto.catalog.v1.UpdateBrandRequest;
import io.siyu.mall.proto.catalog.v1.UpdateProductRequest;
import io.siyu.mall.proto.catalog.v1.WithdrawProductRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class CatalogTest {

  private final CatalogGrpc.CatalogBlockingStub admin = CatalogFixture.admin();
  private final CatalogGrpc.CatalogBlockingStub order =
      TestGrpc.as(TestTokens.service("order"), CatalogGrpc::newBlockingStub);
  private final CatalogGrpc.CatalogBlockingStub anybody =
      TestGrpc.anonymous(CatalogGrpc::newBlockingStub);

  @Test
  void aBrandIsMadeOnceAndFoundByIdAndCode() {
    CreateBrandRequest request =
        CreateBrandRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setCode(CatalogFixture.unique("miaomiao"))
            .setName(CatalogFixture.unique("喵喵家"))
            .setStory("从一件连体衣开始")
            .build();
    Brand brand = admin.createBrand(request);
    assertEquals(brand, admin.createBrand(request), "the same request");
    assertEquals(brand, anybody.getBrand(byId(brand.getBrandId())));
    assertEquals(
        brand, anybody.getBrand(GetBrandRequest.newBuilder().setCode(brand.getCode()).build()));
    refused(
        Status.Code.ALREADY_EXISTS,
        "BRAND_EXISTS",
        () ->
            admin.createBrand(
                request.toBuilder().setRequestId(CatalogFixture.requestId()).build()));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "IDEMPOTENCY_KEY_REUSED",
        () -> admin.createBrand(request.toBuilder().setName("别的").build()));
    invalid("code", () -> admin.createBrand(fresh(request).setCode("Mia Miao").build()));
    invalid("name", () -> admin.createBrand(fresh(request).setCode("m1").setName(" ").build()));
    invalid("request_id", () -> admin.createBrand(request.toBuilder().clearRequestId().build()));
    refused(Status.Code.NOT_FOUND, "BRAND_UNKNOWN", () -> anybody.getBrand(byId(unknown())));
    invalid("brand_id", () -> anybody.getBrand(GetBrandRequest.getDefaultInstance()));
  }

  @Test
  void aBrandIsChangedByWhoeverSawItsLastVersion() {
    Brand brand = CatalogFixture.brand();
    UpdateBrandRequest request =
        UpdateBrandRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setBrandId(brand.getBrandId())
            .setVersion(brand.getVersion())
            .setName(brand.getName() + " 新")
            .build();
    Brand changed = admin.updateBrand(request);
    assertEquals(brand.getVersion() + 1, changed.getVersion());
    assertEquals(changed, admin.updateBrand(request), "the same request");
    assertEquals(changed, anybody.getBrand(byId(brand.getBrandId())));
    refused(
        Status.Code.ABORTED,
        "STALE_VERSION",
        () ->
            admin.updateBrand(
                request.toBuilder().setRequestId(CatalogFixture.requestId()).build()));
  }

  @Test
  void brandsAreReadInPages() {
    for (int i = 0; i < 3; i++) {
      CatalogFixture.brand();
    }
    List<String> codes = new ArrayList<>();
    ListBrandsResponse page;
    String token = "";
    do {
      page =
          anybody.listBrands(
              ListBrandsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getBrandsList().forEach(brand -> codes.add(brand.getCode()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertEquals(codes.stream().sorted().distinct().toList(), codes);
    assertTrue(codes.size() >= 3);
    invalid(
        "page_token",
        () -> anybody.listBrands(ListBrandsRequest.newBuilder().setPageToken("%%").build()));
  }

  @Test
  void categoriesAreATree() {
    Category top = CatalogFixture.category("");
    Category child = CatalogFixture.category(top.getCategoryId());
    assertEquals(top.getName() + "/" + child.getName(), child.getPath());
    List<Category> tree =
        anybody.listCategories(ListCategoriesRequest.getDefaultInstance()).getCategoriesList();
    assertEquals(tree.indexOf(top) + 1, tree.indexOf(child), "below its parent");
    CreateCategoryRequest again =
        CreateCategoryRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setName(top.getName())
            .build();
    refused(Status.Code.ALREADY_EXISTS, "CATEGORY_EXISTS", () -> admin.createCategory(again));
    refused(
        Status.Code.NOT_FOUND,
        "CATEGORY_UNKNOWN",
        () -> admin.createCategory(again.toBuilder().setParentId(unknown()).build()));
    invalid("name", () -> admin.createCategory(again.toBuilder().setName("a/b").build()));
  }

  @Test
  void aProductIsMadeOnceWithItsSkusPricesAndStock() {
    CreateProductRequest request =
        CatalogFixture.product(CatalogFixture.brand(), CatalogFixture.category(""), 5)
            .addSkus(CatalogFixture.draft("加大", 8_800, 0))
            .setDetailHtml("<p onclick=\"x()\">柔软<script>alert(1)</script></p>")
            .build();
    Product product = admin.createProduct(request);
    assertEquals(product, admin.createProduct(request), "the same request");
    assertEquals(ProductState.DRAFT, product.getState());
    assertEquals("<p>柔软</p>", product.getDetailHtml());
    assertEquals(CatalogFixture.fen(8_800), product.getPriceFrom());
    assertEquals(
        List.of(5L, 0L), product.getSkusList().stream().map(s -> s.getAvailable()).toList());
    assertEquals(7, product.getSkus(0).getAfterSaleDays());
    assertEquals(product, admin.getProduct(get(product)));
    refused(
        Status.Code.ALREADY_EXISTS,
        "PRODUCT_EXISTS",
        () ->
            admin.createProduct(
                request.toBuilder().setRequestId(CatalogFixture.requestId()).build()));
    refused(
        Status.Code.NOT_FOUND,
        "CATEGORY_UNKNOWN",
        () -> admin.createProduct(fresh(request).setCategoryId(unknown()).build()));
    refused(
        Status.Code.NOT_FOUND,
        "BRAND_UNKNOWN",
        () -> admin.createProduct(fresh(request).setBrandId(unknown()).build()));
    invalid("skus", () -> admin.createProduct(fresh(request).clearSkus().build()));
    invalid("title", () -> admin.createProduct(fresh(request).setTitle("").build()));
    invalid(
        "cover_url", () -> admin.createProduct(fresh(request).setCoverUrl("javascript:x").build()));
  }

  @Test
  void onlyPublishedProductsAreSeenByEverybody() {
    Product draft =
        admin.createProduct(
            CatalogFixture.product(CatalogFixture.brand(), CatalogFixture.category(""), 1).build());
    refused(Status.Code.NOT_FOUND, "PRODUCT_UNKNOWN", () -> anybody.getProduct(get(draft)));
    assertEquals("PRODUCT_NOT_PUBLISHED", quote(draft).getNotSellableReason());
    Product published = CatalogFixture.publish(draft);
    assertEquals(ProductState.PUBLISHED, published.getState());
    assertTrue(published.hasPublishedAt());
    assertEquals(published, anybody.getProduct(get(draft)));
    assertTrue(quote(draft).getSellable());
    WithdrawProductRequest withdraw =
        WithdrawProductRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setProductId(draft.getProductId())
            .setReason("断货")
            .build();
    assertEquals(ProductState.WITHDRAWN, admin.withdrawProduct(withdraw).getState());
    assertEquals(ProductState.WITHDRAWN, admin.withdrawProduct(withdraw).getState());
    refused(Status.Code.NOT_FOUND, "PRODUCT_UNKNOWN", () -> anybody.getProduct(get(draft)));
    assertFalse(quote(draft).getSellable());
    Product other =
        admin.createProduct(
            CatalogFixture.product(CatalogFixture.brand(), CatalogFixture.category(""), 1).build());
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ILLEGAL_TRANSITION",
        () ->
            admin.withdrawProduct(
                withdraw.toBuilder()
                    .setRequestId(CatalogFixture.requestId())
                    .setProductId(other.getProductId())
                    .build()));
  }

  @Test
  void aProductIsChangedByWhoeverSawItsLastVersion() {
    Product product = CatalogFixture.onSale(1);
    UpdateProductRequest request =
        UpdateProductRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setProductId(product.getProductId())
            .setVersion(product.getVersion())
            .setCategoryId(product.getCategoryId())
            .setTitle("学饮杯")
            .addKeywords("吸管")
            .build();
    Product changed = admin.updateProduct(request);
    assertEquals("学饮杯", changed.getTitle());
    assertEquals(product.getVersion() + 1, changed.getVersion());
    assertEquals(changed, admin.updateProduct(request), "the same request");
    refused(
        Status.Code.ABORTED,
        "STALE_VERSION",
        () ->
            admin.updateProduct(
                request.toBuilder().setRequestId(CatalogFixture.requestId()).build()));
  }

  @Test
  void twoStaffChangeOneProductAtOnceAndOneIsToldSo() {
    Product product = CatalogFixture.onSale(1);
    List<CompletableFuture<Boolean>> both =
        List.of("甲", "乙").stream()
            .map(
                title ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            CatalogFixture.admin()
                                .updateProduct(
                                    UpdateProductRequest.newBuilder()
                                        .setRequestId(CatalogFixture.requestId())
                                        .setProductId(product.getProductId())
                                        .setVersion(product.getVersion())
                                        .setCategoryId(product.getCategoryId())
                                        .setTitle(title)
                                        .build());
                            return true;
                          } catch (io.grpc.StatusRuntimeException e) {
                            assertEquals(Status.Code.ABORTED, e.getStatus().getCode());
                            return false;
                          }
                        }))
            .toList();
    assertEquals(1, both.stream().filter(CompletableFuture::join).count());
  }

  @Test
  void aNewPriceKeepsTheOldOneInTheHistory() {
    Product product = CatalogFixture.onSale(1);
    String sku = product.getSkus(0).getSkuId();
    ChangePriceRequest request =
        ChangePriceRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setSkuId(sku)
            .setListPrice(CatalogFixture.fen(12_000))
            .setPrice(CatalogFixture.fen(7_700))
            .setReason("周年庆")
            .build();
    Product cheaper = admin.changePrice(request);
    assertEquals(CatalogFixture.fen(7_700), cheaper.getPriceFrom());
    assertEquals(cheaper, admin.changePrice(request), "the same request");
    ListPriceHistoryResponse history =
        admin.listPriceHistory(ListPriceHistoryRequest.newBuilder().setSkuId(sku).build());
    assertEquals(
        List.of(7_700L, 9_900L),
        history.getPricesList().stream().map(p -> p.getPrice().getMinorUnits()).toList());
    refused(
        Status.Code.NOT_FOUND,
        "PRODUCT_UNKNOWN",
        () ->
            staff("another")
                .listPriceHistory(ListPriceHistoryRequest.newBuilder().setSkuId(sku).build()));
    PricePoint newest = history.getPrices(0);
    assertEquals("周年庆", newest.getReason());
    invalid(
        "price", () -> admin.changePrice(fresh(request).setPrice(CatalogFixture.fen(0)).build()));
    invalid(
        "list_price",
        () -> admin.changePrice(fresh(request).setListPrice(CatalogFixture.fen(1)).build()));
    refused(
        Status.Code.NOT_FOUND,
        "SKU_UNKNOWN",
        () -> admin.changePrice(fresh(request).setSkuId(unknown()).build()));
  }

  @Test
  void quotesAnswerEverySkuInTheOrderOfTheQuestion() {
    Category top = CatalogFixture.category("");
    Category child = CatalogFixture.category(top.getCategoryId());
    Brand brand = CatalogFixture.brand();
    Product product =
        CatalogFixture.publish(
            admin.createProduct(CatalogFixture.product(brand, child, 4).build()));
    String sku = product.getSkus(0).getSkuId();
    String unknown = unknown();
    List<SkuQuote> quotes =
        order
            .quoteSkus(
                QuoteSkusRequest.newBuilder()
                    .addSkuIds(unknown)
                    .addSkuIds(sku)
                    .addSkuIds(sku)
                    .build())
            .getQuotesList();
    assertEquals(List.of(unknown, sku, sku), quotes.stream().map(SkuQuote::getSkuId).toList());
    assertEquals("SKU_UNKNOWN", quotes.get(0).getNotSellableReason());
    SkuQuote quote = quotes.get(1);
    assertEquals(List.of(top.getCategoryId(), child.getCategoryId()), quote.getCategoryIdsList());
    assertEquals(brand.getCode(), quote.getBrandCode());
    assertEquals("规格：标准", quote.getSpecText());
    assertEquals(CatalogFixture.fen(9_900), quote.getPrice());
    assertEquals(4, quote.getAvailable());
    assertTrue(quote.getSellable());
    invalid(
        "sku_ids[0]", () -> order.quoteSkus(QuoteSkusRequest.newBuilder().addSkuIds("x").build()));
  }

  @Test
  void staffOfOtherBrandsSeeNoDrafts() {
    Brand brand = CatalogFixture.brand();
    Product draft =
        admin.createProduct(CatalogFixture.product(brand, CatalogFixture.category(""), 1).build());
    assertEquals(draft, staff(brand.getCode()).getProduct(get(draft)));
    refused(
        Status.Code.NOT_FOUND, "PRODUCT_UNKNOWN", () -> staff("another").getProduct(get(draft)));
  }

  private SkuQuote quote(Product product) {
    return order
        .quoteSkus(QuoteSkusRequest.newBuilder().addSkuIds(product.getSkus(0).getSkuId()).build())
        .getQuotes(0);
  }

  private static CatalogGrpc.CatalogBlockingStub staff(String brandCode) {
    return TestGrpc.as(
        TestTokens.staff(Role.BRAND_OPERATOR, brandCode), CatalogGrpc::newBlockingStub);
  }

  private static CreateBrandRequest.Builder fresh(CreateBrandRequest request) {
    return request.toBuilder().setRequestId(CatalogFixture.requestId());
  }

  private static CreateProductRequest.Builder fresh(CreateProductRequest request) {
    return request.toBuilder()
        .setRequestId(CatalogFixture.requestId())
        .setProductNo(CatalogFixture.unique("P"));
  }

  private static ChangePriceRequest.Builder fresh(ChangePriceRequest request) {
    return request.toBuilder().setRequestId(CatalogFixture.requestId());
  }

  private static GetProductRequest get(Product product) {
    return GetProductRequest.newBuilder().setProductId(product.getProductId()).build();
  }

  private static GetBrandRequest byId(String id) {
    return GetBrandRequest.newBuilder().setBrandId(id).build();
  }

  private static String unknown() {
    return UUID.randomUUID().toString();
  }
}
