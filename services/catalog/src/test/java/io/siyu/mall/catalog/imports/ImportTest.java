package io.siyu.mall.catalog.imports;

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
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.GetBrandRequest;
import io.siyu.mall.proto.catalog.v1.GetProductRequest;
import io.siyu.mall.proto.catalog.v1.ImportError;
import io.siyu.mall.proto.catalog.v1.ListImportsRequest;
import io.siyu.mall.proto.catalog.v1.ListPriceHistoryRequest;
import io.siyu.mall.proto.catalog.v1.ListProductsRequest;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.catalog.v1.ProductState;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class ImportTest {

  private static final String HEADER =
      "product_no,title,brief,brand,category,keywords,unit,sku_no,spec,list_price_yuan,"
          + "price_yuan,stock,on_sale,cover,gallery,attributes,detail_html";

  @Inject StartImport startImport;
  @Inject Pool pool;

  private final String token = TestTokens.staff(Role.PLATFORM_ADMIN);
  private final ImportCalls admin = new ImportCalls(token);
  private final CatalogGrpc.CatalogBlockingStub catalog =
      TestGrpc.as(token, CatalogGrpc::newBlockingStub);

  /** A byte order mark, both line ends, quotes, and everything that a row can have wrong. */
  @Test
  void takesWhatIsRightAndSaysWhatIsWrongWithTheRest() {
    String brand = CatalogFixture.unique("MUJI制造商");
    String file =
        "\uFEFF"
            + HEADER
            + "\r\n"
            + row("A1", brand, "S1", "99.00", "89.9", "10", "1", "说“好”的，\"\"真\"\"好\r\n换行")
            + "\r\n"
            + row("A1", brand, "S2", "99.00", "１９．９", "5", "1", "说“好”的，\"\"真\"\"好\r\n换行")
                .replace("标准", "加大")
            + "\n"
            + row("A2", brand, "S3", "", "12.345", "1", "1", "x")
            + "\n"
            + row("A2", brand, "S4", "", "-1", "1", "1", "x")
            + "\n"
            + row("A2", brand, "S5", "5", "6", "1", "1", "x")
            + "\n"
            + row("A2", brand, "S6", "", "6", "many", "1", "x")
            + "\n"
            + row("A2", brand, "S1", "", "6", "1", "1", "x")
            + "\n"
            + row("A1", brand, "S7", "", "6", "1", "1", "another title's brief")
            + "\n"
            + row("", brand, "S8", "", "6", "1", "1", "x")
            + "\n"
            + row("A3", "", "S9", "", "6", "1", "1", "x")
            + "\n"
            + "A4,too,few\n"
            + row("A5", brand, "S10", "", "6", "1", "maybe", "x")
            + "\n"
            + row("A6", brand, "S11", "", "6", "1", "0", "x").replace("{\"\"规格", "{规格")
            + "\n"
            + row("A6", brand, "S12", "", "6", "1", "0", "x")
            + "\n"
            + "\n";
    CatalogImport done =
        admin.run(ImportCalls.header().build(), file.getBytes(StandardCharsets.UTF_8));

    List<String> errors = said(done);
    assertEquals(
        List.of(
            "6 price_yuan BAD_PRICE",
            "7 price_yuan BAD_PRICE",
            "8 list_price_yuan PRICE_ABOVE_LIST",
            "9 stock BAD_NUMBER",
            "10 sku_no DUPLICATE_SKU",
            "11 product_no PRODUCT_ROWS_DIFFER",
            "12 product_no MISSING_VALUE",
            "13 brand BRAND_MISSING",
            "14  WRONG_NUMBER_OF_COLUMNS",
            "15 on_sale INVALID_VALUE",
            "16 spec BAD_JSON"),
        errors);
    assertEquals(CatalogImport.State.SUCCEEDED_WITH_ERRORS, done.getState());
    assertEquals(14, done.getRowsRead());
    assertEquals(11, done.getRowsRefused());
    assertEquals(2, done.getProductsCreated());
    assertEquals(3, done.getSkusCreated());
    assertTrue(done.hasFinishedAt());
    Product product = only(brand, ProductState.PUBLISHED);
    assertEquals("说“好”的，\"真\"好 换行", product.getBrief());
    assertEquals(CatalogFixture.fen(1_990), product.getPriceFrom());
    assertEquals(
        List.of(10L, 5L), product.getSkusList().stream().map(s -> s.getAvailable()).toList());
    assertEquals("<p>柔软</p>", product.getDetailHtml());
    assertEquals(ProductState.DRAFT, only(brand, ProductState.DRAFT).getState());
    assertTrue(
        admin.errors(done.getImportId()).stream()
            .map(ImportError::getMessage)
            .allMatch(message -> message.endsWith("。")));
  }

  @Test
  void theSameFileAgainChangesNothingAndAnotherOneWhatIsDifferent() {
    String brand = CatalogFixture.unique("品牌");
    byte[] file = file(row("B1", brand, "S1", "20", "10", "5", "1", "brief"));
    CatalogImport first = admin.run(ImportCalls.header().build(), file);
    assertEquals(1, first.getProductsCreated(), first::toString);
    Product before = only(brand, ProductState.PUBLISHED);

    CatalogImport again = admin.run(ImportCalls.header().build(), file);
    assertEquals(CatalogImport.State.SUCCEEDED, again.getState());
    assertEquals(1, again.getProductsUnchanged());
    assertEquals(0, again.getProductsChanged() + again.getProductsCreated());
    assertEquals(0, again.getSkusCreated() + again.getSkusChanged());
    assertEquals(before, only(brand, ProductState.PUBLISHED));

    // Other bytes that say the same, one of them with another price and a second SKU.
    CatalogImport changed =
        admin.run(
            ImportCalls.header().build(),
            file(
                row("B1", brand, "S1", "20.00", "9", "77", "1", "brief"),
                row("B1", brand, "S2", "", "8", "3", "1", "brief").replace("标准", "加大")));
    assertEquals(1, changed.getProductsChanged(), changed::toString);
    assertEquals(1, changed.getSkusChanged());
    assertEquals(1, changed.getSkusCreated());
    Product after = only(brand, ProductState.PUBLISHED);
    assertEquals(CatalogFixture.fen(800), after.getPriceFrom());
    assertEquals(5, after.getSkus(0).getAvailable(), "the stock of a known SKU is not the file's");
    assertEquals(3, after.getSkus(1).getAvailable());
    assertEquals(
        2,
        catalog
            .listPriceHistory(
                ListPriceHistoryRequest.newBuilder().setSkuId(after.getSkus(0).getSkuId()).build())
            .getPricesCount());

    CatalogImport withdrawn =
        admin.run(
            ImportCalls.header().build(),
            file(row("B1", brand, "S1", "20.00", "9", "77", "0", "brief")));
    assertEquals(1, withdrawn.getProductsChanged());
    assertEquals(ProductState.WITHDRAWN, only(brand, ProductState.WITHDRAWN).getState());
  }

  @Test
  void theSameRequestIsOneImport() {
    String brand = CatalogFixture.unique("品牌");
    byte[] file = file(row("B1", brand, "S1", "20", "10", "5", "1", "brief"));
    StartImportRequest.Header header = ImportCalls.header().build();
    CatalogImport first = admin.send(header, file);
    CatalogImport second = admin.send(header, file);
    assertEquals(first, second);
    admin.finished(first.getImportId());
    refused(
        Status.Code.FAILED_PRECONDITION,
        "IDEMPOTENCY_KEY_REUSED",
        () -> admin.send(header, file(row("B2", brand, "S2", "20", "10", "5", "1", "brief"))));
  }

  @Test
  void rowsOfOneProductMayBeApartAndAFileLargerThanABatch() {
    String brand = CatalogFixture.unique("品牌");
    StringBuilder rows = new StringBuilder(HEADER).append('\n');
    for (int i = 0; i < 450; i++) {
      rows.append(
              row("P" + i % 150, brand, "S" + i, "20", "10", "1", "1", "brief")
                  .replace("标准", "规格" + i / 150))
          .append('\n');
    }
    CatalogImport done =
        admin.run(ImportCalls.header().build(), rows.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals(CatalogImport.State.SUCCEEDED, done.getState(), done::toString);
    assertEquals(150, done.getProductsCreated());
    assertEquals(450, done.getSkusCreated());
    assertEquals(0, done.getProductsChanged());
    CatalogImport again =
        admin.run(ImportCalls.header().build(), rows.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals(150, again.getProductsUnchanged(), again::toString);
    assertEquals(0, again.getSkusChanged());
  }

  @Test
  void filesThatCannotBeReadFailWithASentence() {
    assertFailure("", "文件是空的");
    assertFailure("product_no,title\n1,2\n", "缺少列：category、sku_no、price_yuan");
    assertFailure("title,title,product_no\n", "出现了两次");
    assertFailure("PK\u0003\u0004", "Excel 工作簿");
    assertFailure("\u0000".repeat(600) + ",a".repeat(600) + "\n", "缺少列");
  }

  @Test
  void theRowsAroundABrokenOneAreTaken() {
    String brand = CatalogFixture.unique("品牌");
    String file =
        HEADER
            + "\n"
            + row("B1", brand, "S1", "20", "10", "5", "1", "brief")
            + "\nA,\"open,\n"
            + row("B1", brand, "S2", "20", "10", "5", "1", "brief").replace("标准", "加大")
            + "\n";
    CatalogImport done =
        admin.run(ImportCalls.header().build(), file.getBytes(Charset.forName("GBK")));
    assertEquals(List.of("3  BAD_QUOTES"), said(done));
    assertEquals(CatalogImport.State.SUCCEEDED_WITH_ERRORS, done.getState());
    assertEquals("羊毛被", only(brand, ProductState.PUBLISHED).getTitle(), "GBK is read");
    assertEquals(2, done.getSkusCreated());
  }

  /** Each of these has ended a whole import as an internal error. */
  @Test
  void oneCellCostsItsRowAlone() {
    String brand = CatalogFixture.unique("品牌");
    String good = row("G1", brand, "S1", "20", "10", "5", "1", "brief");
    String spec = "{\"\"规格\"\": \"\"标准\"\"}";
    String attributes = "[[\"\"面料\"\", \"\"棉\"\"]]";
    CatalogImport done =
        admin.run(
            ImportCalls.header().setFileName("很".repeat(194) + ".csv").build(),
            file(
                good,
                good.replace("G1", "G2").replace("S1", "S2").replace(spec, "[null]"),
                good.replace("G1", "G3").replace("S1", "S3").replace(attributes, "[null]"),
                row("G4", "牌".repeat(600), "S4", "20", "10", "5", "1", "b"),
                row("G5", "牌".repeat(300), "S5", "20", "10", "5", "1", "b"),
                row("G6", brand, "S6", "", "1E5000000", "5", "1", "b"),
                row("G7", brand, "6.90123E+12", "", "1", "5", "1", "b"),
                row("G8", brand, "6.90123E+12", "", "1", "5", "1", "b"),
                row("G9", brand, "S9", "", "1", "5", "1", "\u0000")));
    assertEquals(
        List.of(
            "3 spec BAD_JSON",
            "4 attributes BAD_JSON",
            "5 brand VALUE_TOO_LONG",
            "6 brand INVALID_VALUE",
            "7 price_yuan BAD_PRICE",
            "8 sku_no SCIENTIFIC_NUMBER",
            "9 sku_no SCIENTIFIC_NUMBER",
            "10 brief BAD_CHARACTER"),
        said(done));
    assertEquals(1, done.getProductsCreated());
  }

  /** The database refuses a row that every rule has let pass: nobody foresaw it. */
  @Test
  void whatNobodyForesawCostsItsProductAlone() {
    String brand = CatalogFixture.unique("品牌");
    sql("ALTER TABLE product ADD CONSTRAINT no_poison CHECK (brief <> 'poison')");
    try {
      CatalogImport done =
          admin.run(
              ImportCalls.header().build(),
              file(
                  row("U1", brand, "S1", "20", "10", "5", "1", "brief"),
                  row("U2", brand, "S2", "20", "10", "5", "1", "poison"),
                  row("U3", brand, "S3", "20", "10", "5", "1", "brief")));
      assertEquals(List.of("3  UNFORESEEN"), said(done));
      assertTrue(
          admin.errors(done.getImportId()).get(0).getMessage().matches(".*编号 [0-9a-f-]{36}。"));
      assertEquals(2, done.getProductsCreated());
      assertEquals(1, done.getRowsRefused());
    } finally {
      sql("ALTER TABLE product DROP CONSTRAINT no_poison");
    }
  }

  @Test
  void whatIsLeftAsItIsIsSaid() {
    String brand = CatalogFixture.unique("品牌");
    byte[] file =
        (HEADER
                + ",after_sale_dayz\n"
                + row("L1", brand, "S1", "20", "10", "5", "1", "b")
                + ",30\n,,,,,,,,,,,,,,,,,\n")
            .getBytes(StandardCharsets.UTF_8);
    CatalogImport first = admin.run(ImportCalls.header().build(), file);
    assertEquals(List.of("after_sale_dayz"), first.getUnusedColumnsList());
    assertEquals(1, first.getRowsRead());
    CatalogImport second =
        admin.run(
            ImportCalls.header().build(), file(row("L1", brand, "S1", "20", "10", "77", "1", "b")));
    assertEquals(CatalogImport.State.SUCCEEDED, second.getState());
    assertEquals(1, second.getRowsNoted());
    assertEquals(1, second.getSkusUnchanged());
    assertTrue(admin.errors(second.getImportId()).get(0).getTaken());
  }

  @Test
  void brandStaffImportTheirOwnBrandOnly() {
    Brand own = CatalogFixture.brand();
    Brand other = CatalogFixture.brand();
    String category = CatalogFixture.category("").getPath();
    ImportCalls staff = new ImportCalls(TestTokens.staff(Role.BRAND_ADMIN, own.getCode()));
    StartImportRequest.Header header =
        ImportCalls.header().setCreateBrands(false).setDefaultBrandCode(own.getCode()).build();
    CatalogImport done =
        staff.run(
            header,
            file(
                row("C1", "", "S1", "20", "10", "5", "1", "brief").replace("居家/被枕", category),
                row("C2", other.getName(), "S2", "20", "10", "5", "1", "b")
                    .replace("居家/被枕", category),
                row("C3", "nobody", "S3", "20", "10", "5", "1", "b").replace("居家/被枕", category),
                row("C4", own.getName(), "S4", "20", "10", "5", "1", "b").replace("居家/被枕", "没有/这个"),
                row("C5", own.getCode(), "S5", "20", "10", "5", "1", "b")
                    .replace("居家/被枕", category)));
    assertEquals(
        List.of("BRAND_NOT_YOURS", "BRAND_UNKNOWN", "CATEGORY_UNKNOWN"),
        staff.errors(done.getImportId()).stream().map(ImportError::getReason).toList());
    assertEquals(2, done.getProductsCreated());
    ImportCalls stranger = new ImportCalls(TestTokens.staff(Role.BRAND_ADMIN, "another"));
    refused(Status.Code.NOT_FOUND, "IMPORT_UNKNOWN", () -> stranger.get(done.getImportId()));
    refused(Status.Code.NOT_FOUND, "IMPORT_UNKNOWN", () -> stranger.errors(done.getImportId()));
    assertEquals(
        0, stranger.stub().listImports(ListImportsRequest.getDefaultInstance()).getImportsCount());
    assertEquals(
        done, staff.stub().listImports(ListImportsRequest.getDefaultInstance()).getImports(0));
    refused(
        Status.Code.PERMISSION_DENIED,
        "ROLE_REQUIRED",
        () -> staff.send(header.toBuilder().setCreateBrands(true).build(), new byte[0]));
    refused(
        Status.Code.PERMISSION_DENIED,
        "OTHER_BRAND",
        () ->
            staff.send(
                header.toBuilder().setDefaultBrandCode(other.getCode()).build(), new byte[0]));
  }

  @Test
  void streamsThatMakeNoSenseAreRefused() {
    StartImportRequest chunk =
        StartImportRequest.newBuilder()
            .setChunk(com.google.protobuf.ByteString.copyFromUtf8("x"))
            .build();
    StartImportRequest header =
        StartImportRequest.newBuilder().setHeader(ImportCalls.header()).build();
    invalid("header", () -> admin.stream(List.of(chunk)));
    invalid("header", () -> admin.stream(List.of(header, header)));
    invalid("header", () -> admin.stream(List.of()));
    invalid("part", () -> admin.stream(List.of(StartImportRequest.getDefaultInstance())));
    invalid(
        "file_name", () -> admin.send(ImportCalls.header().clearFileName().build(), new byte[0]));
    refused(
        Status.Code.NOT_FOUND,
        "BRAND_UNKNOWN",
        () -> admin.send(ImportCalls.header().setDefaultBrandCode("nobody").build(), new byte[1]));
  }

  @Test
  void anImportWhoseServiceDiedIsGivenUp() {
    UUID id = io.siyu.mall.platform.id.Ids.next();
    pool.preparedQuery(
            "INSERT INTO catalog_import (id, state, file_name, file_hash, default_brand_code,"
                + " created_by, created_at, heartbeat_at) VALUES (?, 'RUNNING', 'a',"
                + " '', '', 'STAFF:x', UTC_TIMESTAMP(6),"
                + " TIMESTAMPADD(SECOND, -90, UTC_TIMESTAMP(6)))")
        .execute(io.siyu.mall.platform.sql.SqlParams.tuple(id))
        .await()
        .atMost(Duration.ofSeconds(10));
    startImport.buryDead().await().atMost(Duration.ofSeconds(10));
    CatalogImport dead = admin.get(id.toString());
    assertEquals(CatalogImport.State.FAILED, dead.getState());
    assertFalse(dead.getFailure().isEmpty());
  }

  private List<String> said(CatalogImport done) {
    return admin.errors(done.getImportId()).stream()
        .map(e -> e.getLine() + " " + e.getColumn() + " " + e.getReason())
        .toList();
  }

  private void sql(String statement) {
    pool.query(statement).execute().await().atMost(Duration.ofSeconds(20));
  }

  private void assertFailure(String file, String sentence) {
    CatalogImport failed =
        admin.run(ImportCalls.header().build(), file.getBytes(StandardCharsets.UTF_8));
    assertEquals(CatalogImport.State.FAILED, failed.getState());
    assertTrue(failed.getFailure().contains(sentence), failed.getFailure());
  }

  private Product only(String brandName, ProductState state) {
    String code = ImportPlaces.code(brandName);
    Brand brand = catalog.getBrand(GetBrandRequest.newBuilder().setCode(code).build());
    List<Product> found =
        catalog
            .listProducts(
                ListProductsRequest.newBuilder()
                    .setBrandId(brand.getBrandId())
                    .setState(state)
                    .build())
            .getProductsList();
    assertEquals(1, found.size(), found::toString);
    return catalog.getProduct(
        GetProductRequest.newBuilder().setProductId(found.get(0).getProductId()).build());
  }

  private static byte[] file(String... rows) {
    return (HEADER + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String row(
      String productNo,
      String brand,
      String skuNo,
      String list,
      String price,
      String stock,
      String onSale,
      String brief) {
    return productNo
        + ",羊毛被,\""
        + brief
        + "\","
        + brand
        + ",居家/被枕,\"保暖,秋冬\",件,"
        + skuNo
        + ",\"{\"\"规格\"\": \"\"标准\"\"}\","
        + list
        + ","
        + price
        + ","
        + stock
        + ","
        + onSale
        + ",https://img.example/1.png,\"[\"\"https://img.example/2.png\"\"]\","
        + "\"[[\"\"面料\"\", \"\"棉\"\"]]\",\"<p onclick=\"\"x()\"\">柔软<script>alert(1)</script></p>\"";
  }
}
