package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.catalog.brand.Brand;
import io.siyu.mall.catalog.brand.InMemoryBrands;
import io.siyu.mall.catalog.category.Category;
import io.siyu.mall.catalog.category.CategoryId;
import io.siyu.mall.catalog.category.InMemoryCategories;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProductCommandsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");

  private final InMemoryProducts products = new InMemoryProducts();
  private final InMemoryBrands brands = new InMemoryBrands();
  private final InMemoryCategories categories = new InMemoryCategories();
  private final ProductCommands commands =
      new ProductCommands(products, brands, categories, Clock.fixed(NOW, ZoneOffset.UTC));
  private final Brand brand = done(brands.add(Brand.create("miaomiao", "喵喵家", "", "", NOW)));
  private final Category category = done(categories.add(Category.create(null, "婴童", 0)));
  private final Caller admin = staff(Role.BRAND_ADMIN, "miaomiao");

  @Test
  void aNewProductComesWithItsFirstPricesAndPieces() {
    ProductView product = create(admin);
    SkuId sku = new SkuId(product.skus().get(0).id());
    assertEquals(Map.of(sku, 5L), products.supplied);
    assertEquals(1, products.history.size());
    assertEquals(admin.key(), products.history.get(0).changedBy());
  }

  @Test
  void pricesChangeWithWhoAndWhen() {
    ProductView product = create(admin);
    SkuId sku = new SkuId(product.skus().get(0).id());
    Prices lower = new Prices(Money.fen(9_900), Money.fen(5_000));
    ProductView after =
        done(commands.changePrice(admin, new ProductId(product.id()), sku, lower, "特卖"));
    assertEquals(Money.fen(5_000), after.priceFrom());
    assertEquals(new PriceChange(sku, lower, NOW, admin.key(), "特卖"), products.history.get(1));
  }

  @Test
  void othersThanTheBrandsStaffChangeNothing() {
    ProductId id = new ProductId(create(admin).id());
    List<Caller> others =
        List.of(
            staff(Role.BRAND_ADMIN, "another"),
            staff(Role.FINANCE, "miaomiao"),
            new Caller(Caller.Kind.MEMBER, "m", Set.of(), Set.of(), "t", Reach.OWN),
            Caller.ANONYMOUS);
    for (Caller other : others) {
      assertThrows(DomainException.class, () -> done(commands.publish(other, id)), other::key);
      assertThrows(DomainException.class, () -> create(other), other::key);
    }
    assertEquals(ProductState.DRAFT, done(products.get(id)).state());
    assertEquals(
        ProductState.PUBLISHED, done(commands.publish(staff(Role.PLATFORM_ADMIN), id)).state());
  }

  @Test
  void anUnknownCategoryIsRefused() {
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () ->
                done(
                    commands.create(
                        admin, brand.id(), "P1", content(CategoryId.next()), List.of(draft()))));
    assertEquals("CATEGORY_UNKNOWN", refusal.reason());
  }

  private ProductView create(Caller caller) {
    return done(
        commands.create(caller, brand.id(), "P1", content(category.id()), List.of(draft())));
  }

  private static ProductContent content(CategoryId category) {
    return new ProductContent(category, "连体衣", "", "件", List.of(), "", List.of(), List.of(), "");
  }

  private static SkuDraft draft() {
    return new SkuDraft("S1", List.of(), new Prices(Money.fen(9_900), Money.fen(8_800)), 5, 0);
  }

  private static Caller staff(Role role, String... brandCodes) {
    Caller staff =
        new Caller(Caller.Kind.STAFF, "s", Set.of(role), Set.of(brandCodes), "t", Reach.NOTHING);
    return new Caller(
        staff.kind(),
        staff.subject(),
        staff.roles(),
        staff.brandCodes(),
        staff.token(),
        staff.reachIn(CatalogGrpc.getPublishProductMethod()));
  }

  private static <T> T done(Uni<T> uni) {
    return uni.await().indefinitely();
  }
}
