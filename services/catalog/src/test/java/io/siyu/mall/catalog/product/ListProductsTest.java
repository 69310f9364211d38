package io.siyu.mall.catalog.product;

import static io.siyu.mall.catalog.Refusals.invalid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest.Sort;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ListProductsTest {

  private final CatalogGrpc.CatalogBlockingStub admin = CatalogFixture.admin();
  private final CatalogGrpc.CatalogBlockingStub anybody =
      TestGrpc.anonymous(CatalogGrpc::newBlockingStub);

  private Brand brand;
  private Category top;
  private Category child;
  private final List<Product> published = new ArrayList<>();
  private Product draft;

  @BeforeEach
  void goods() {
    brand = CatalogFixture.brand();
    top = CatalogFixture.category("");
    child = CatalogFixture.category(top.getCategoryId());
    long[] prices = {500, 300, 300, 900, 100};
    for (int i = 0; i < prices.length; i++) {
      Category category = i % 2 == 0 ? top : child;
      published.add(CatalogFixture.publish(product(category, "纯棉浴巾 No" + i, prices[i])));
    }
    draft = product(child, "未上架 浴巾", 200);
  }

  private Product product(Category category, String title, long price) {
    return admin.createProduct(
        CatalogFixture.product(brand, category, 1)
            .setTitle(title)
            .clearSkus()
            .addSkus(CatalogFixture.draft("标准", price, 1))
            .build());
  }

  @Test
  void newestFirstInPagesWithoutGapsOrRepeats() {
    List<Product> all = pages(request().setPageSize(2));
    assertEquals(
        published.stream().map(Product::getTitle).sorted(Comparator.reverseOrder()).toList(),
        all.stream().map(Product::getTitle).toList());
    assertTrue(all.stream().allMatch(p -> p.getDetailHtml().isEmpty() && p.getSkusCount() == 1));
  }

  @Test
  void byPriceInPagesThoughPricesAreEqual() {
    List<Product> up = pages(request().setPageSize(2).setSort(Sort.PRICE_ASCENDING));
    List<Product> down = pages(request().setPageSize(2).setSort(Sort.PRICE_DESCENDING));
    assertEquals(
        List.of(100L, 300L, 300L, 500L, 900L),
        up.stream().map(p -> p.getPriceFrom().getMinorUnits()).toList());
    assertEquals(5, up.stream().map(Product::getProductId).distinct().count());
    List<Product> reversed = new ArrayList<>(down);
    java.util.Collections.reverse(reversed);
    assertEquals(up, reversed);
  }

  @Test
  void aTokenBelongsToItsOrder() {
    ListProductsResponse page = anybody.listProducts(request().setPageSize(2).build());
    invalid(
        "page_token",
        () ->
            anybody.listProducts(
                request()
                    .setSort(Sort.PRICE_ASCENDING)
                    .setPageToken(page.getNextPageToken())
                    .build()));
  }

  @Test
  void aCategoryIncludesThoseBelow() {
    assertEquals(5, pages(request().setCategoryId(top.getCategoryId())).size());
    assertEquals(2, pages(request().setCategoryId(child.getCategoryId())).size());
  }

  @Test
  void wordsAreFoundInTitleBriefKeywordsAndNumber() {
    assertEquals(5, pages(request().setQuery("浴巾")).size());
    assertEquals(5, pages(request().setQuery("巾")).size());
    assertEquals(5, pages(request().setQuery("哈衣")).size(), "a keyword");
    assertEquals(5, pages(request().setQuery("面料 纯棉")).size(), "brief and title");
    assertEquals(1, pages(request().setQuery("ｎｏ3")).size(), "folded");
    assertEquals(0, pages(request().setQuery("浴巾 毛毯")).size(), "all words");
    assertEquals(0, pages(request().setQuery("棉纯")).size(), "in order");
    assertEquals(0, pages(request().setQuery("？！")).size());
    assertEquals(
        List.of(published.get(1).getTitle()),
        pages(request().setQuery(published.get(1).getProductNo())).stream()
            .map(Product::getTitle)
            .toList());
    assertEquals(0, pages(request().setQuery("%' OR '1'='1")).size());
    invalid("query", () -> anybody.listProducts(request().setQuery("x".repeat(201)).build()));
  }

  @Test
  void draftsAreForTheBrandsStaff() {
    ListProductsRequest drafts = request().setState(ProductState.DRAFT).build();
    assertEquals(5, anybody.listProducts(drafts).getProductsCount(), "published all the same");
    assertEquals(List.of(draft.getTitle()), titles(staff(brand.getCode()), drafts));
    assertEquals(List.of(draft.getTitle()), titles(admin, drafts));
    assertEquals(List.of(), titles(staff("another"), drafts));
    assertEquals(6, titles(staff(brand.getCode()), request().build()).size(), "every state");
    assertEquals(5, titles(staff("another"), request().build()).size());
    assertEquals(
        6,
        titles(staff(brand.getCode()), ListProductsRequest.newBuilder().setPageSize(100).build())
            .size(),
        "own brands when none is named");
  }

  private ListProductsRequest.Builder request() {
    return ListProductsRequest.newBuilder().setBrandId(brand.getBrandId());
  }

  private List<Product> pages(ListProductsRequest.Builder request) {
    List<Product> all = new ArrayList<>();
    String token = "";
    do {
      ListProductsResponse page = anybody.listProducts(request.setPageToken(token).build());
      all.addAll(page.getProductsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static List<String> titles(
      CatalogGrpc.CatalogBlockingStub stub, ListProductsRequest request) {
    return stub.listProducts(request).getProductsList().stream().map(Product::getTitle).toList();
  }

  private static CatalogGrpc.CatalogBlockingStub staff(String brandCode) {
    return TestGrpc.as(
        TestTokens.staff(Role.BRAND_OPERATOR, brandCode), CatalogGrpc::newBlockingStub);
  }
}
