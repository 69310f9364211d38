package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siyu.mall.local.mariadb.MariaDbServer;
import io.siyu.mall.local.mariadb.ServerCertificate;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue's package with the environments of its migration Job and of its Deployment, against
 * a real server: the one migrates and ends, the other starts on a migrated schema only.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MigrationTest {

  private static final Path PACKAGE = Kubectl.ROOT.resolve("services/catalog/target/quarkus-app");
  private static final int PATIENCE_SECONDS = 90;

  @TempDir static Path folder;
  private ServerCertificate ours;
  private MariaDbServer database;
  private Path program;

  @BeforeAll
  void start() throws IOException {
    Kubectl.overlay("staging");
    assumeTrue(
        Files.exists(PACKAGE.resolve("quarkus-run.jar")),
        "the catalogue is not packaged: migrations untested");
    program = folder.resolve("program");
    try (Stream<Path> files = Files.walk(PACKAGE)) {
      for (Path file : files.toList()) {
        Files.copy(file, program.resolve(PACKAGE.relativize(file).toString()));
      }
    }
    ours = ServerCertificate.in(folder.resolve("ours"), "mysql.mall.example.com");
    database =
        new MariaDbServer(
            Kubectl.ROOT.resolve(".mall/cache"),
            folder.resolve("data"),
            freePort(),
            new MariaDbServer.Options(
                folder.resolve("data.log"), true, 64, Map.of(), ours.serverArguments()));
    database.start();
    database.sql(
        "CREATE DATABASE mall_catalog; CREATE USER mall_catalog@'%' IDENTIFIED BY 'planted'"
            + " REQUIRE SSL; GRANT ALL ON mall_catalog.* TO mall_catalog@'%'");
  }

  @AfterAll
  void stop() {
    if (database != null) {
      database.stop();
    }
  }

  @Test
  void theJobMigratesAndTheServerWaitsForIt() throws Exception {
    reset();
    Process early = run("catalog", "early.log");
    assertThat(early.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(early.exitValue()).isNotZero();
    assertThat(log("early.log")).contains("FlywayValidateException");

    for (String again : List.of("job.log", "again.log")) {
      Process job = run("catalog-migration", again);
      assertThat(job.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(job.exitValue()).as(log(again)).isZero();
    }
    assertThat(database.sql("SHOW TABLES FROM mall_catalog")).contains("product", "outbox");

    serves(run("catalog", "server.log"));
  }

  /** As production has it; Flyway comes by JDBC, what is served by the reactive client. */
  @Test
  void productionTalksToADatabaseOfTheGivenAuthorityAlone() throws Exception {
    reset();
    ServerCertificate strangers = ServerCertificate.in(folder.resolve("strangers"), "database");
    Map<String, String> trustsStrangers = Map.of("MALL_DB_CA", strangers.authority().toString());
    Map<String, String> trustsUs = Map.of("MALL_DB_CA", ours.authority().toString());

    Process refused = run("production", "catalog-migration", "refused.log", trustsStrangers);
    assertThat(refused.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isNotZero();
    assertThat(log("refused.log")).contains("CertPathValidatorException");
    assertThat(database.sql("SHOW TABLES FROM mall_catalog")).isEmpty();

    Process job = run("production", "catalog-migration", "trusted.log", trustsUs);
    assertThat(job.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(job.exitValue()).as(log("trusted.log")).isZero();
    serves(run("production", "catalog", "server.log", trustsUs));

    // Without Flyway the reactive client comes first.
    Map<String, String> alone = new HashMap<>(trustsStrangers);
    alone.put("QUARKUS_FLYWAY_VALIDATE_AT_START", "false");
    alone.put("QUARKUS_FLYWAY_ACTIVE", "false");
    Process server = run("production", "catalog", "refused.log", alone);
    try {
      assertThat(server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(server.exitValue()).isNotZero();
      assertThat(log("refused.log"))
          .contains("SslHandler")
          .contains("unable to find valid certification path");
    } finally {
      server.destroyForcibly();
    }
  }

  private void reset() {
    database.sql("DROP DATABASE mall_catalog; CREATE DATABASE mall_catalog");
  }

  private void serves(Process server) throws Exception {
    try {
      String health = health(server);
      assertThat(health).contains("\"UP\"").contains("grpc.health.v1.Health");
    } finally {
      server.destroy();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).as("stops in time").isTrue();
      server.destroyForcibly();
    }
  }

  private int managementPort;

  private Process run(String pod, String log) throws IOException {
    return run("staging", pod, log, Map.of());
  }

  private Process run(String overlay, String pod, String log, Map<String, String> own)
      throws IOException {
    managementPort = freePort();
    Map<String, String> environment = new LinkedHashMap<>();
    Kubectl.overlay(overlay)
        .environment(pod)
        .forEach((key, value) -> environment.put(key, value == null ? "planted" : value));
    environment.putAll(own);
    environment.put("MALL_DB_HOST", "127.0.0.1");
    environment.put("MALL_DB_PORT", "" + database.port());
    environment.put("QUARKUS_HTTP_PORT", "" + freePort());
    environment.put("QUARKUS_MANAGEMENT_PORT", "" + managementPort);
    environment.put("QUARKUS_GRPC_SERVER_PORT", "" + freePort());
    environment.put("QUARKUS_SHUTDOWN_TIMEOUT", "1S");
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx300m -XX:TieredStopAtLevel=1");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-jar",
                program.resolve("quarkus-run.jar").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(log).toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private String health(Process server) throws InterruptedException, IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
            .build();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (System.nanoTime() < end && server.isAlive()) {
      try {
        HttpResponse<String> answer = http.send(ready, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200) {
          return answer.body();
        }
      } catch (IOException notYet) {
        server.waitFor(200, TimeUnit.MILLISECONDS);
      }
    }
    throw new AssertionError("never ready: " + log("server.log"));
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
