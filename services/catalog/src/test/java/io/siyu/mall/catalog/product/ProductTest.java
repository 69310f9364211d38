package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.catalog.brand.BrandId;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Violation;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  @Test
  void aNewProductIsADraftWithItsFirstPrices() {
    Product product = product(draft("S", 9_900), draft("M", 8_800));
    assertEquals(ProductState.DRAFT, product.state());
    assertEquals(Money.fen(8_800), product.priceFrom());
    assertEquals(2, product.takePriceChanges().size());
    assertTrue(product.takePriceChanges().isEmpty(), "taken once");
  }

  @Test
  void publishingAndWithdrawingFollowEachOther() {
    Product product = product(draft("S", 9_900));
    assertNull(product.publishedAt());
    assertThrows(DomainException.class, () -> product.withdraw("not yet"));
    product.publish(NOW);
    product.publish(NOW.plusSeconds(1));
    assertEquals(NOW, product.publishedAt(), "a repeat changes nothing");
    product.withdraw("断货");
    assertEquals("断货", product.stateReason());
    product.publish(NOW.plusSeconds(9));
    assertEquals(NOW.plusSeconds(9), product.publishedAt());
    assertEquals("", product.stateReason());
  }

  @Test
  void aNewPriceIsRememberedAndTheSamePriceIsNot() {
    Product product = product(draft("S", 9_900), draft("M", 8_800));
    product.takePriceChanges();
    SkuId sku = product.skus().get(1).id();
    product.changePrice(sku, prices(12_000), "STAFF:1", "涨价", NOW);
    product.changePrice(sku, prices(12_000), "STAFF:1", "涨价", NOW);
    assertEquals(
        List.of(new PriceChange(sku, prices(12_000), NOW, "STAFF:1", "涨价")),
        product.takePriceChanges());
    assertEquals(Money.fen(9_900), product.priceFrom());
  }

  @Test
  void aPriceMustBePositiveAndNotAboveTheListPrice() {
    Product product = product(draft("S", 9_900));
    SkuId sku = product.skus().get(0).id();
    Prices upsideDown = new Prices(Money.fen(100), Money.fen(200));
    Prices free = new Prices(Money.fen(100), Money.ZERO);
    assertThrows(
        DomainException.class, () -> product.changePrice(sku, upsideDown, "STAFF:1", "", NOW));
    assertThrows(DomainException.class, () -> product.changePrice(sku, free, "STAFF:1", "", NOW));
  }

  @Test
  void aStaleVersionIsRefused() {
    Product product = product(draft("S", 9_900));
    DomainException refusal =
        assertThrows(DomainException.class, () -> product.revise(7, content("新标题")));
    assertEquals("STALE_VERSION", refusal.reason());
  }

  @Test
  void everythingThatIsWrongIsNamedAtOnce() {
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                Product.create(
                    BrandId.next(),
                    " ",
                    content(""),
                    List.of(draft("S", 0), draft("S", 9_900)),
                    "STAFF:1",
                    NOW));
    assertEquals(
        List.of("product_no", "title", "skus[0].price", "skus"),
        refusal.violations().stream().map(Violation::field).toList());
  }

  private static Product product(SkuDraft... drafts) {
    return Product.create(BrandId.next(), "P1", content("连体衣"), List.of(drafts), "STAFF:1", NOW);
  }

  private static ProductContent content(String title) {
    return new ProductContent(
        CategoryId.next(), title, "", "件", List.of(), "", List.of(), List.of(), "");
  }

  private static SkuDraft draft(String size, long price) {
    return new SkuDraft(
        "SKU-" + size + price, List.of(new NamedValue("尺码", size)), prices(price), 5, 0);
  }

  private static Prices prices(long fen) {
    return new Prices(Money.fen(20_000), Money.fen(fen));
  }
}
