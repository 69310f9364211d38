package io.siyu.mall.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Maven that builds this is the one that was looked at, wherever it comes from. */
class WrapperTest {

  @Test
  void anotherArchiveThanThePinnedOneIsNotUnpacked(@TempDir Path home) throws Exception {
    HttpServer mirror =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    mirror.createContext(
        "/",
        exchange -> {
          byte[] archive = "not the Maven that was looked at".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    mirror.start();
    try {
      Process wrapper = start(home, "http://localhost:" + mirror.getAddress().getPort());
      String said = new String(wrapper.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(wrapper.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(wrapper.exitValue()).isNotZero();
      assertThat(said).contains("Failed to validate Maven distribution SHA-256");
      assertThat(home.resolve("wrapper/dists").toFile().list())
          .allSatisfy(
              version ->
                  assertThat(home.resolve("wrapper/dists").resolve(version)).isEmptyDirectory());
    } finally {
      mirror.stop(0);
    }
  }

  @Test
  void bothArchivesThatMayBeFetchedArePinned() throws IOException {
    assertThat(Files.readAllLines(Fixtures.root().resolve(".mvn/wrapper/maven-wrapper.properties")))
        .anyMatch(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}"))
        .anyMatch(line -> line.matches("distributionTarSha256Sum=[0-9a-f]{64}"));
  }

  private static Process start(Path home, String mirror) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(Fixtures.root().resolve("mvnw").toString(), "--version")
            .redirectErrorStream(true);
    builder.environment().put("MAVEN_USER_HOME", home.toString());
    builder.environment().put("MVNW_REPOURL", mirror);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }
}
