package io.siyu.mall.catalog;

import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.Attribute;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.Category;
import io.siyu.mall.proto.catalog.v1.CreateBrandRequest;
import io.siyu.mall.proto.catalog.v1.CreateCategoryRequest;
import io.siyu.mall.proto.catalog.v1.CreateProductRequest;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.PublishProductRequest;
import io.siyu.mall.proto.catalog.v1.SkuDraft;
import io.siyu.mall.proto.common.v1.Money;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Goods for tests, made through the real endpoint by a platform administrator. */
public final class CatalogFixture {

  private static final AtomicInteger NEXT = new AtomicInteger();

  // Signing is the slowest part of a test's call.
  private static final String ADMIN = TestTokens.staff(Role.PLATFORM_ADMIN);

  private CatalogFixture() {}

  /** A stub of a platform administrator. */
  public static CatalogGrpc.CatalogBlockingStub admin() {
    return TestGrpc.as(ADMIN, CatalogGrpc::newBlockingStub);
  }

  /** A request id that nobody has used. */
  public static String requestId() {
    return UUID.randomUUID().toString();
  }

  /** A text that nobody has used: tests share one schema. */
  public static String unique(String start) {
    return start + "-" + NEXT.incrementAndGet();
  }

  /** A new brand. */
  public static Brand brand() {
    String code = unique("brand");
    return admin()
        .createBrand(
            CreateBrandRequest.newBuilder()
                .setRequestId(requestId())
                .setCode(code)
                .setName("品牌 " + code)
                .build());
  }

  /** A new category. */
  public static Category category(String parentId) {
    return admin()
        .createCategory(
            CreateCategoryRequest.newBuilder()
                .setRequestId(requestId())
                .setParentId(parentId)
                .setName(unique("类目"))
                .build());
  }

  /** So many fen. */
  public static Money fen(long fen) {
    return Money.newBuilder().setCurrencyCode("CNY").setMinorUnits(fen).build();
  }

  /** A draft with one specification. */
  public static SkuDraft.Builder draft(String spec, long price, long stock) {
    return SkuDraft.newBuilder()
        .setSkuNo(unique("SKU"))
        .addSpecs(Attribute.newBuilder().setName("规格").setValue(spec))
        .setListPrice(fen(price + 1_000))
        .setPrice(fen(price))
        .setInitialStock(stock);
  }

  /** A request for a product of one SKU. */
  public static CreateProductRequest.Builder product(Brand brand, Category category, long stock) {
    return CreateProductRequest.newBuilder()
        .setRequestId(requestId())
        .setBrandId(brand.getBrandId())
        .setProductNo(unique("P"))
        .setCategoryId(category.getCategoryId())
        .setTitle("婴儿连体衣 纯棉")
        .setBrief("A 类面料")
        .setUnit("件")
        .addKeywords("哈衣")
        .setCoverUrl("https://img.example/1.png")
        .addGalleryUrls("https://img.example/2.png")
        .addAttributes(Attribute.newBuilder().setName("面料").setValue("100% 棉"))
        .setDetailHtml("<p>柔软</p>")
        .addSkus(draft("标准", 9_900, stock));
  }

  /** A new product of one SKU on sale. */
  public static Product onSale(long stock) {
    return publish(admin().createProduct(product(brand(), category(""), stock).build()));
  }

  /** Puts it on sale. */
  public static Product publish(Product product) {
    return admin()
        .publishProduct(
            PublishProductRequest.newBuilder()
                .setRequestId(requestId())
                .setProductId(product.getProductId())
                .build());
  }
}
