package io.siyu.mall.gateway.http;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
  private static final int BEGINNING = 100_000;

  @TestHTTPResource("/")
  URI gateway;

  @Inject Uploads uploads;

  @ConfigProperty(name = "quarkus.http.body.uploads-directory")
  String folder;

  @Test
  void whatBreaksOffIsGone() throws IOException {
    for (int i = 0; i < 5; i++) {
      Socket socket = begin("broken-upload-" + i);
      await().atMost(Duration.ofSeconds(10)).until(() -> !files().isEmpty());
      assertTrue(descriptors() > 0, "it is being written");
      if (i % 2 == 0) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
      await().atMost(Duration.ofSeconds(2)).until(() -> files().isEmpty() && descriptors() == 0);
    }
  }

  @Test
  void aSlowUploadIsWaitedFor() throws Exception {
    takesImports();
    try (Socket socket = begin("slow-upload")) {
      for (int i = 0; i < 10; i++) {
        Thread.sleep(100);
        socket.getOutputStream().write(new byte[(FILE_BYTES - BEGINNING) / 10]);
      }
      socket.getOutputStream().write("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(10_000);
      byte[] answer = new byte[12];
      assertEquals(answer.length, socket.getInputStream().readNBytes(answer, 0, answer.length));
      assertEquals("HTTP/1.1 202", new String(answer, StandardCharsets.US_ASCII));
    }
    await().atMost(Duration.ofSeconds(2)).until(() -> files().isEmpty() && descriptors() == 0);
  }

  private static void takesImports() {
    services()
        .onStream(
            CatalogImportsGrpc.getStartImportMethod(),
            parts -> CatalogImport.newBuilder().setImportId("i1").build());
  }

  /** Sends the beginning of an upload: of the file that is announced a part comes. */
  private Socket begin(String key) throws IOException {
    String head =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x.csv\"\r\n"
            + "Content-Type: text/csv\r\n\r\n";
    Socket socket = new Socket(gateway.getHost(), gateway.getPort());
    OutputStream out = socket.getOutputStream();
    out.write(
        ("POST /admin/v1/catalog-imports HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.staff("platform-admin")
                + "\r\nIdempotency-Key: "
                + key
                + "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                + (head.length() + FILE_BYTES + "\r\n--b--\r\n".length())
                + "\r\n\r\n"
                + head)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[BEGINNING]);
    out.flush();
    return socket;
  }

  private long descriptors() throws IOException {
    Path uploaded = Path.of(folder).toRealPath();
    long open = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          open += Files.readSymbolicLink(descriptor).startsWith(uploaded) ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    return open;
  }

  @Test
  void whatWasPassedOnIsGone() {
    takesImports();
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
