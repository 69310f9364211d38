package io.siyu.mall.gateway.http;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A file on its way in does not stay. */
@GatewayTest
class UploadsTest {

  private static final int FILE_BYTES = 3_000_000;

  @Inject Uploads uploads;

  @ConfigProperty(name = "quarkus.http.body.uploads-directory")
  String folder;

  @Test
  void whatWasPassedOnIsGone() {
    services()
        .onStream(
            CatalogImportsGrpc.getStartImportMethod(),
            parts -> CatalogImport.newBuilder().setImportId("i1").build());
    io.restassured.RestAssured.given()
        .auth()
        .oauth2(Tokens.staff("platform-admin"))
        .header("Idempotency-Key", "import-key-0002")
        .multiPart("file", "x.csv", new byte[FILE_BYTES], "text/csv")
        .post("/admin/v1/catalog-imports")
        .then()
        .statusCode(202);
    await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());
  }

  @Test
  void whatIsLeftBehindGoesByItsAge() throws IOException {
    Files.createDirectories(Path.of(folder));
    Path old = Files.createFile(Path.of(folder, "left-behind"));
    Path young = Files.createFile(Path.of(folder, "on-its-way"));
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    uploads.sweep(Duration.ofMinutes(15));
    assertEquals(List.of(young), files());
    uploads.sweep(Duration.ZERO);
    assertEquals(List.of(), files());
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
