package io.siyu.mall.catalog.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.ImportError;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsResponse;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real catalogue as a brand brings it from its old shop, where one lies beside the checkout. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class RealCatalogueTest {

  private final ImportCalls admin = new ImportCalls(TestTokens.staff(Role.PLATFORM_ADMIN));

  @Test
  void isImportedWhole() throws IOException {
    Path file = root().resolve("../shared/data/catalog/products.csv");
    assumeTrue(Files.exists(file), "no real catalogue here");
    byte[] bytes = Files.readAllBytes(file);
    Brand brand = CatalogFixture.brand();
    String brandCode = brand.getCode();

    CatalogImport done = admin.run(header(brandCode), bytes);

    // One row asks for more than its struck-through price; its product has others.
    assertEquals(
        List.of("PRICE_ABOVE_LIST"),
        admin.errors(done.getImportId()).stream().map(ImportError::getReason).toList());
    assertEquals(184, done.getRowsRead());
    assertEquals(1, done.getRowsRefused());
    assertEquals(179, done.getProductsCreated());
    assertEquals(183, done.getSkusCreated());
    assertEquals(CatalogImport.State.SUCCEEDED_WITH_ERRORS, done.getState());
    // Most rows name no brand.
    assertEquals(148, listed(brand, "", ProductState.PUBLISHED).size());
    assertEquals(1, listed(brand, "", ProductState.DRAFT).size(), "one is not on sale");
    List<Product> wool = listed(brand, "羊毛被", ProductState.PUBLISHED);
    assertFalse(wool.isEmpty());
    wool.forEach(product -> assertTrue(text(product).contains("羊毛"), () -> text(product)));

    CatalogImport again = admin.run(header(brandCode), bytes);
    assertEquals(179, again.getProductsUnchanged());
    assertEquals(0, again.getProductsChanged() + again.getProductsCreated());
    assertEquals(0, again.getSkusChanged() + again.getSkusCreated());
  }

  private static StartImportRequest.Header header(String brandCode) {
    return ImportCalls.header().setDefaultBrandCode(brandCode).build();
  }

  private static String text(Product product) {
    return product.getTitle() + product.getBrief();
  }

  private List<Product> listed(Brand brand, String query, ProductState state) {
    List<Product> all = new ArrayList<>();
    ListProductsRequest.Builder request =
        ListProductsRequest.newBuilder()
            .setBrandId(brand.getBrandId())
            .setQuery(query)
            .setState(state)
            .setPageSize(50);
    ListProductsResponse page;
    do {
      page = CatalogFixture.admin().listProducts(request.build());
      all.addAll(page.getProductsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return all;
  }

  private static Path root() {
    Path path = Path.of(System.getProperty("mall.root", "")).toAbsolutePath();
    while (!Files.exists(path.resolve("mvnw")) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }
}
