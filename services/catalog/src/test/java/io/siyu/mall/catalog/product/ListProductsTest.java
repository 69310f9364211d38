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
  void whatPeopleTypeOrPasteIsFound() {
    String title = "【秋冬】保暖加厚 澳洲羊毛被 双人1.8m床 200×230cm 四件套（含枕套）🔥包邮 A类面料 XR-500 iPhone15Pro";
    Product one =
        CatalogFixture.publish(
            admin.createProduct(
                CatalogFixture.product(brand, child, 1)
                    .setTitle(title)
                    .clearSkus()
                    .addSkus(CatalogFixture.draft("雾霾蓝 加大", 500, 1).setSkuNo("690-1234567890128"))
                    .build()));
    List<String> found = List.of(one.getTitle());
    for (String query :
        List.of(
            title,
            "澳洲 羊毛被双人",
            "加厚澳洲",
            "xr500",
            "xr-500",
            "ＸＲ５００",
            "15pro",
            "🔥",
            "690-1234567890128",
            "6901234567",
            "4567890128",
            "雾霾蓝",
            "羊毛被 雾霾蓝")) {
      assertEquals(found, titles(anybody, request().setQuery(query).build()), query);
    }
    assertEquals(
        6, pages(request().setQuery(brand.getName())).size(), "the brand's name finds all of it");
    assertEquals(found, titles(anybody, request().setQuery(brand.getCode() + " 羊毛被").build()));
    assertEquals(
        found,
        titles(anybody, request().setQuery("羊毛被 官方 双人 加厚").build()),
        "most of it, where nothing has all");
    assertEquals(List.of(), titles(anybody, request().setQuery("毛毯 双人").build()));
  }

  @Test
  void aBrandIsFoundByItsNewNameAlone() {
    Brand named =
        admin.getBrand(
            io.siyu.mall.proto.catalog.v1.GetBrandRequest.newBuilder()
                .setBrandId(brand.getBrandId())
                .build());
    String name = CatalogFixture.unique("新名字的牌子");
    admin.updateBrand(
        io.siyu.mall.proto.catalog.v1.UpdateBrandRequest.newBuilder()
            .setRequestId(CatalogFixture.requestId())
            .setBrandId(brand.getBrandId())
            .setVersion(named.getVersion())
            .setName(name)
            .build());
    assertEquals(5, pages(request().setQuery(name)).size());
    assertEquals(0, pages(request().setQuery(named.getName())).size());
  }

  @Test
  void whatHasTheWordsInItsTitleComesFirstAndPagesHaveNoGaps() {
    for (int i = 0; i < 5; i++) {
      CatalogFixture.publish(
          admin.createProduct(
              CatalogFixture.product(brand, top, 1).setTitle("毛毯 " + i).setBrief("配纯棉浴巾").build()));
    }
    List<Product> all = pages(request().setQuery("浴巾").setPageSize(3));
    assertEquals(10, all.size());
    assertTrue(all.subList(0, 5).stream().allMatch(p -> p.getTitle().contains("浴巾")));
    assertTrue(all.subList(5, 10).stream().allMatch(p -> p.getTitle().contains("毛毯")));
    assertEquals(10, all.stream().map(Product::getProductId).distinct().count());
    List<Product> newest = pages(request().setQuery("浴巾").setPageSize(3).setSort(Sort.NEWEST));
    assertTrue(newest.get(0).getTitle().contains("毛毯"), "by time where time is asked for");
    assertEquals(10, newest.size());
    List<Product> most = pages(request().setQuery("纯棉浴巾 毛毯 被套 正品").setPageSize(2));
    assertEquals(5, most.size(), "pages of those that have most of it");
    assertEquals(5, most.stream().map(Product::getProductId).distinct().count());
    ListProductsResponse page =
        anybody.listProducts(request().setQuery("浴巾").setPageSize(3).build());
    invalid(
        "page_token",
        () ->
            anybody.listProducts(
                request().setPageToken(page.getNextPageToken()).setSort(Sort.NEWEST).build()));
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
