package io.siyu.mall.catalog;

import static io.siyu.mall.catalog.Refusals.invalid;
import static io.siyu.mall.catalog.Refusals.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.AddSkuRequest;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.BrandState;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.DeleteCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetCategoryRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ListBrandsRequest;
import io.siyu.mall.proto.catalog.v1.ListCategoriesRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.PutBrandOnSaleRequest;
import io.siyu.mall.proto.catalog.v1.QuoteSkusRequest;
import io.siyu.mall.proto.catalog.v1.SkuQuote;
import io.siyu.mall.proto.catalog.v1.TakeBrandOffSaleRequest;
import io.siyu.mall.proto.catalog.v1.UpdateCategoryRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What staff set right in a catalogue that is in use. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class CorrectionsTest {

  private final CatalogGrpc.CatalogBlockingStub admin = CatalogFixture.admin();
  private final CatalogGrpc.CatalogBlockingStub order =
      TestGrpc.as(TestTokens.service("order"), CatalogGrpc::newBlockingStub);
  private final CatalogGrpc.CatalogBlockingStub anybody =
      TestGrpc.anonymous(CatalogGrpc::newBlockingStub);

  @Test
  void aSkuIsAddedOnceWithItsFirstPieces() {
    Product product = CatalogFixture.onSale(5);
    AddSkuRequest request =
        AddSkuRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setProductId(product.getProductId())
            .setSku(CatalogFixture.draft("加大", 4_900, 7))
            .build();
    Product larger = admin.addSku(request);
    assertEquals(larger, admin.addSku(request), "the same request");
    assertEquals(2, larger.getSkusCount());
    assertEquals(product.getSkus(0), larger.getSkus(0));
    assertEquals(7, larger.getSkus(1).getAvailable());
    assertEquals(CatalogFixture.fen(4_900), larger.getPriceFrom());
    assertTrue(quote(larger.getSkus(1).getSkuId()).getSellable());
    AddSkuRequest.Builder again = request.toBuilder().setRequestId(CatalogFixture.requestId());
    invalid("sku.sku_no", () -> admin.addSku(again.build()));
    invalid(
        "sku.specs", () -> admin.addSku(again.setSku(CatalogFixture.draft("加大", 100, 0)).build()));
    invalid("sku.price", () -> admin.addSku(again.setSku(CatalogFixture.draft("x", 0, 0)).build()));
    Product other =
        admin.createProduct(
            CatalogFixture.product(
                    Brand.newBuilder().setBrandId(product.getBrandId()).build(),
                    CatalogFixture.category(""),
                    1)
                .build());
    refused(
        Status.Code.ALREADY_EXISTS,
        "PRODUCT_EXISTS",
        () ->
            admin.addSku(
                again
                    .setSku(CatalogFixture.draft("y", 100, 0).setSkuNo(other.getSkus(0).getSkuNo()))
                    .build()));
  }

  @Test
  void twoAddTheSameSkuAtOnceAndOneIsToldSo() {
    Product product = CatalogFixture.onSale(1);
    List<CompletableFuture<Boolean>> both =
        Stream.of("一", "二")
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            passes(
                                () ->
                                    CatalogFixture.admin()
                                        .addSku(
                                            AddSkuRequest.newBuilder()
                                                .setRequestId(CatalogFixture.requestId())
                                                .setProductId(product.getProductId())
                                                .setSku(CatalogFixture.draft("同", 100, 1))
                                                .build()))))
            .toList();
    assertEquals(1, both.stream().filter(CompletableFuture::join).count());
  }

  @Test
  void aBrandOffSaleIsNeitherSeenNorBought() {
    Product product = CatalogFixture.onSale(3);
    TakeBrandOffSaleRequest off =
        TakeBrandOffSaleRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setBrandId(product.getBrandId())
            .setReason("授权到期")
            .build();
    Brand taken = admin.takeBrandOffSale(off);
    assertEquals(taken, admin.takeBrandOffSale(off), "the same request");
    assertEquals(BrandState.BRAND_OFF_SALE, taken.getState());
    assertEquals("授权到期", taken.getStateReason());
    refused(Status.Code.NOT_FOUND, "PRODUCT_UNKNOWN", () -> anybody.getProduct(get(product)));
    refused(Status.Code.NOT_FOUND, "BRAND_UNKNOWN", () -> anybody.getBrand(brand(product)));
    assertEquals(0, listed(product));
    assertFalse(
        anybody
            .listBrands(ListBrandsRequest.newBuilder().setPageSize(100).build())
            .getBrandsList()
            .stream()
            .anyMatch(b -> b.getBrandId().equals(product.getBrandId())));
    SkuQuote quote = quote(product.getSkus(0).getSkuId());
    assertFalse(quote.getSellable());
    assertEquals("BRAND_OFF_SALE", quote.getNotSellableReason());
    assertEquals(product, admin.getProduct(get(product)), "its staff see it still");
    invalid(
        "reason",
        () ->
            admin.takeBrandOffSale(
                off.toBuilder().setRequestId(CatalogFixture.requestId()).clearReason().build()));
    Brand back =
        admin.putBrandOnSale(
            PutBrandOnSaleRequest.newBuilder()
                .setRequestId(CatalogFixture.requestId())
                .setBrandId(product.getBrandId())
                .build());
    assertEquals("", back.getStateReason());
    assertEquals(product, anybody.getProduct(get(product)));
    assertEquals(1, listed(product));
    assertTrue(quote(product.getSkus(0).getSkuId()).getSellable());
  }

  @Test
  void aCategoryMovesWithWhatIsBelowIt() {
    Category from = CatalogFixture.category("");
    Category to = CatalogFixture.category("");
    Category moved = CatalogFixture.category(from.getCategoryId());
    Category leaf = CatalogFixture.category(moved.getCategoryId());
    Product product =
        CatalogFixture.publish(
            admin.createProduct(CatalogFixture.product(CatalogFixture.brand(), leaf, 1).build()));
    UpdateCategoryRequest move =
        change(moved).setParentId(to.getCategoryId()).setName("新名 " + moved.getName()).build();
    Category after = admin.updateCategory(move);
    assertEquals(after, admin.updateCategory(move), "the same request");
    assertEquals(to.getName() + "/新名 " + moved.getName(), after.getPath());
    assertEquals(
        after.getPath() + "/" + leaf.getName(), anybody.getProduct(get(product)).getCategoryPath());
    assertEquals(
        List.of(to.getCategoryId(), moved.getCategoryId(), leaf.getCategoryId()),
        quote(product.getSkus(0).getSkuId()).getCategoryIdsList());
    assertEquals(1, inCategory(to));
    assertEquals(0, inCategory(from));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "CATEGORY_LOOP",
        () -> admin.updateCategory(change(to).setParentId(leaf.getCategoryId()).build()));
    refused(
        Status.Code.ABORTED,
        "STALE_VERSION",
        () -> admin.updateCategory(change(moved).setName("别的").build()));
    Category sibling = CatalogFixture.category(to.getCategoryId());
    refused(
        Status.Code.ALREADY_EXISTS,
        "CATEGORY_EXISTS",
        () -> admin.updateCategory(change(sibling).setName(after.getName()).build()));
    refused(
        Status.Code.NOT_FOUND,
        "CATEGORY_UNKNOWN",
        () ->
            admin.updateCategory(change(sibling).setParentId(CatalogFixture.requestId()).build()));
  }

  /** Each of the two moves alone is fine; both would make a ring that hangs from nothing. */
  @Test
  void twoMovesAtOnceMakeNoRing() {
    for (int round = 0; round < 5; round++) {
      Category a = CatalogFixture.category("");
      Category b = CatalogFixture.category("");
      List<CompletableFuture<Boolean>> both =
          Stream.of(
                  change(a).setParentId(b.getCategoryId()),
                  change(b).setParentId(a.getCategoryId()))
              .map(
                  request ->
                      CompletableFuture.supplyAsync(
                          () ->
                              passes(() -> CatalogFixture.admin().updateCategory(request.build()))))
              .toList();
      assertEquals(1, both.stream().filter(CompletableFuture::join).count());
      assertEquals(2, shown(admin, a, b));
    }
  }

  @Test
  void whatIsHiddenShowsNothingBelowIt() {
    Category top = CatalogFixture.category("");
    Category below = CatalogFixture.category(top.getCategoryId());
    assertEquals(2, shown(anybody, top, below));
    Category hidden = admin.updateCategory(change(top).setHidden(true).build());
    assertTrue(hidden.getHidden());
    assertEquals(0, shown(anybody, top, below));
    assertEquals(2, shown(admin, top, below));
    admin.updateCategory(change(hidden).setHidden(false).build());
    assertEquals(2, shown(anybody, top, below));
  }

  @Test
  void onlyAnEmptyCategoryIsDeleted() {
    Category top = CatalogFixture.category("");
    Category below = CatalogFixture.category(top.getCategoryId());
    Category used = CatalogFixture.category("");
    admin.createProduct(CatalogFixture.product(CatalogFixture.brand(), used, 1).build());
    inUse(top);
    inUse(used);
    DeleteCategoryRequest request = delete(below);
    admin.deleteCategory(request);
    admin.deleteCategory(request);
    refused(Status.Code.NOT_FOUND, "CATEGORY_UNKNOWN", () -> admin.deleteCategory(delete(below)));
    refused(
        Status.Code.NOT_FOUND,
        "CATEGORY_UNKNOWN",
        () ->
            admin.getCategory(
                GetCategoryRequest.newBuilder().setCategoryId(below.getCategoryId()).build()));
    admin.deleteCategory(delete(top));
    assertEquals(0, shown(admin, top, below));
  }

  /** Whoever comes first: there is no category below one that is gone. */
  @Test
  void aCategoryIsDeletedAndOneMadeBelowItAtOnce() {
    for (int round = 0; round < 5; round++) {
      Category top = CatalogFixture.category("");
      CreateCategoryRequest child =
          CreateCategoryRequest.newBuilder()
              .setRequestId(CatalogFixture.requestId())
              .setParentId(top.getCategoryId())
              .setName(CatalogFixture.unique("下级"))
              .build();
      CompletableFuture<Boolean> made =
          CompletableFuture.supplyAsync(
              () -> passes(() -> CatalogFixture.admin().createCategory(child)));
      boolean deleted = passes(() -> admin.deleteCategory(delete(top)));
      assertEquals(!deleted, made.join());
    }
  }

  private void inUse(Category category) {
    refused(
        Status.Code.FAILED_PRECONDITION,
        "CATEGORY_IN_USE",
        () -> admin.deleteCategory(delete(category)));
  }

  private static boolean passes(Supplier<Object> call) {
    try {
      call.get();
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  private static long shown(CatalogGrpc.CatalogBlockingStub who, Category... wanted) {
    List<String> ids = Stream.of(wanted).map(Category::getCategoryId).toList();
    return who
        .listCategories(ListCategoriesRequest.getDefaultInstance())
        .getCategoriesList()
        .stream()
        .filter(c -> ids.contains(c.getCategoryId()))
        .count();
  }

  private static UpdateCategoryRequest.Builder change(Category category) {
    return UpdateCategoryRequest.newBuilder()
        .setRequestId(CatalogFixture.requestId())
        .setCategoryId(category.getCategoryId())
        .setVersion(category.getVersion())
        .setName(category.getName())
        .setParentId(category.getParentId())
        .setSortOrder(category.getSortOrder())
        .setHidden(category.getHidden());
  }

  private static DeleteCategoryRequest delete(Category category) {
    return DeleteCategoryRequest.newBuilder()
        .setRequestId(CatalogFixture.requestId())
        .setCategoryId(category.getCategoryId())
        .build();
  }

  private int inCategory(Category category) {
    return anybody
        .listProducts(
            ListProductsRequest.newBuilder().setCategoryId(category.getCategoryId()).build())
        .getProductsCount();
  }

  private int listed(Product product) {
    return anybody
        .listProducts(ListProductsRequest.newBuilder().setBrandId(product.getBrandId()).build())
        .getProductsCount();
  }

  private SkuQuote quote(String skuId) {
    return order.quoteSkus(QuoteSkusRequest.newBuilder().addSkuIds(skuId).build()).getQuotes(0);
  }

  private static GetProductRequest get(Product product) {
    return GetProductRequest.newBuilder().setProductId(product.getProductId()).build();
  }

  private static GetBrandRequest brand(Product product) {
    return GetBrandRequest.newBuilder().setBrandId(product.getBrandId()).build();
  }
}
