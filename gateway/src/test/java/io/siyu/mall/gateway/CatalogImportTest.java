package io.siyu.mall.gateway;

import static io.restassured.RestAssured.given;
import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Api.staff;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.restassured.specification.RequestSpecification;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Refusals;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.ImportError;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsResponse;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

@GatewayTest
class CatalogImportTest {

  private static RequestSpecification upload() {
    return given()
        .auth()
        .oauth2(Tokens.staff("platform-admin"))
        .header("Idempotency-Key", "import-key-0001");
  }

  @Test
  void aLargeFileIsPassedOnInPieces() {
    byte[] file = new byte[5_000_000];
    new Random(7).nextBytes(file);
    services()
        .onStream(
            CatalogImportsGrpc.getStartImportMethod(),
            parts ->
                CatalogImport.newBuilder()
                    .setImportId("i1")
                    .setState(CatalogImport.State.RUNNING)
                    .build());
    upload()
        .multiPart("file", "商品.csv", file, "text/csv")
        .multiPart("defaultBrandCode", "miaomiao")
        .multiPart("createBrands", "true")
        .post("/admin/v1/catalog-imports")
        .then()
        .statusCode(202)
        .body("importId", equalTo("i1"))
        .body("state", equalTo("RUNNING"));
    @SuppressWarnings("unchecked")
    List<StartImportRequest> parts =
        (List<StartImportRequest>)
            services().calls(CatalogImportsGrpc.getStartImportMethod()).get(0).request();
    StartImportRequest.Header header = parts.get(0).getHeader();
    assertEquals("import-key-0001", header.getRequestId());
    assertEquals("miaomiao", header.getDefaultBrandCode());
    assertTrue(header.getCreateBrands());
    assertTrue(parts.size() > 70, parts.size() + " pieces");
    ByteString whole =
        parts.stream()
            .skip(1)
            .map(StartImportRequest::getChunk)
            .reduce(ByteString.EMPTY, ByteString::concat);
    assertArrayEquals(file, whole.toByteArray());
    assertTrue(
        services()
            .calls(CatalogImportsGrpc.getStartImportMethod())
            .get(0)
            .authorization()
            .startsWith("Bearer "));
  }

  @Test
  void wrongUploadsAreRefused() {
    problem(
        upload().multiPart("other", "x").post("/admin/v1/catalog-imports").then(),
        400,
        "FILE_REQUIRED");
    problem(
        staff("platform-admin").body("{}").post("/admin/v1/catalog-imports").then(),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    services()
        .onStream(
            CatalogImportsGrpc.getStartImportMethod(),
            parts -> {
              throw Refusals.of(Status.Code.INVALID_ARGUMENT, "HEADER_ROW_UNUSABLE", "no header");
            });
    problem(
        upload()
            .multiPart("file", "x.csv", new byte[10], "text/csv")
            .post("/admin/v1/catalog-imports")
            .then(),
        400,
        "HEADER_ROW_UNUSABLE");
  }

  @Test
  void progressAndErrors() {
    services()
        .on(
            CatalogImportsGrpc.getGetImportMethod(),
            r ->
                CatalogImport.newBuilder()
                    .setImportId(r.getImportId())
                    .setState(CatalogImport.State.SUCCEEDED_WITH_ERRORS)
                    .setRowsRefused(1)
                    .build());
    staff("auditor")
        .get("/admin/v1/catalog-imports/i1")
        .then()
        .body("state", equalTo("SUCCEEDED_WITH_ERRORS"))
        .body("rowsRefused", equalTo(1));
    services()
        .on(
            CatalogImportsGrpc.getListImportErrorsMethod(),
            r ->
                ListImportErrorsResponse.newBuilder()
                    .addErrors(ImportError.newBuilder().setLine(7).setReason("PRICE_INVALID"))
                    .build());
    staff("auditor")
        .get("/admin/v1/catalog-imports/i1/errors")
        .then()
        .body("items[0].line", equalTo(7))
        .body("items[0].reason", equalTo("PRICE_INVALID"));
    staff("auditor").get("/admin/v1/catalog-imports").then().statusCode(200);
  }
}
