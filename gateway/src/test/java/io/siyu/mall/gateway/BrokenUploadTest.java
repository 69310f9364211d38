package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Outside.services;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An upload that breaks off leaves neither a file nor an open descriptor. */
@GatewayTest
class BrokenUploadTest {

  private static final int FILE_BYTES = 3_000_000;

  @TestHTTPResource("/")
  URI gateway;

  @ConfigProperty(name = "quarkus.http.body.uploads-directory")
  String uploads;

  @Test
  void whatBreaksOffIsGone() throws IOException {
    for (int i = 0; i < 5; i++) {
      Socket socket = begin("broken-upload-" + i);
      await().atMost(Duration.ofSeconds(10)).until(() -> !files().isEmpty());
      socket.close();
      await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> descriptors() == 0);
  }

  @Test
  void aCallerHasTwoFilesOnTheirWayAndNoMore() throws IOException {
    Socket first = begin("many-uploads-1");
    Socket second = begin("many-uploads-2");
    await().atMost(Duration.ofSeconds(10)).until(() -> files().size() == 2);
    try (Socket third = begin("many-uploads-3")) {
      String answer = answer(third);
      assertTrue(answer.startsWith("HTTP/1.1 429"), answer);
      assertTrue(answer.toLowerCase().contains("retry-after: 10"), answer);
      assertTrue(answer.contains("UPLOADS_UNDER_WAY"), answer);
    }
    first.close();
    second.close();
    await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());
    try (Socket again = begin("many-uploads-4")) {
      await().atMost(Duration.ofSeconds(10)).until(() -> files().size() == 1);
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty());
  }

  @Test
  void whatWasPassedOnIsGoneToo() {
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
    await().atMost(Duration.ofSeconds(10)).until(() -> files().isEmpty() && descriptors() == 0);
  }

  /** Sends the beginning of an upload: the file is announced whole and comes by half. */
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
                + (head.length() + FILE_BYTES)
                + "\r\n\r\n"
                + head)
            .getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[100_000]);
    out.flush();
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    List<String> lines = new ArrayList<>();
    String line = in.readLine();
    while (line != null && !line.contains("UPLOADS_UNDER_WAY")) {
      lines.add(line);
      line = in.readLine();
    }
    lines.add(String.valueOf(line));
    return String.join("\n", lines);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(Path.of(uploads))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long descriptors() throws IOException {
    Path folder = Path.of(uploads).toRealPath();
    long open = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          open += Files.readSymbolicLink(descriptor).toString().startsWith(folder.toString()) ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    return open;
  }
}
