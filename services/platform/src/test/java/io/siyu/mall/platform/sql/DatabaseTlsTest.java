package io.siyu.mall.platform.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.local.mariadb.MariaDbServer;
import io.siyu.mall.local.mariadb.ServerCertificate;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.mysqlclient.SslMode;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both clients against a server that encrypts, and one that does not. */
class DatabaseTlsTest {

  private static final String CIPHER = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

  @TempDir static Path folder;
  private static ServerCertificate ours;
  private static ServerCertificate strangers;
  private static MariaDbServer server;
  private static Vertx vertx;

  @BeforeAll
  static void start() throws IOException {
    ours = ServerCertificate.in(folder.resolve("ours"), "database.example.com");
    strangers = ServerCertificate.in(folder.resolve("strangers"), "database.example.com");
    server = server("encrypted", ours.serverArguments());
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() {
    vertx.close();
    server.stop();
  }

  private static MariaDbServer server(String name, List<String> arguments) throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Path cache = Path.of("../../.mall/cache");
    MariaDbServer made =
        new MariaDbServer(
            cache,
            folder.resolve(name),
            port,
            new MariaDbServer.Options(
                folder.resolve(name + ".log"), false, 64, Map.of(), arguments));
    made.start();
    made.sql("CREATE USER one@'%' IDENTIFIED BY 'secret'");
    return made;
  }

  /** As a service of the profile {@code prod} reads it, from the platform's own defaults. */
  private static SmallRyeConfig config(MariaDbServer server, String mode, Path authorities) {
    Map<String, String> given = new HashMap<>();
    given.put("mall.service.name", "one");
    given.put("mall.db.port", Integer.toString(server.port()));
    given.put("mall.db.schema", "information_schema");
    if (mode != null) {
      given.put("mall.db.tls", mode);
    }
    if (authorities != null) {
      given.put("mall.db.ca", authorities.toString());
    }
    return new SmallRyeConfigBuilder()
        .withProfile("prod")
        .addDefaultInterceptors()
        .addDefaultSources()
        .addDiscoveredSources()
        .withSources(new PropertiesConfigSource(given, "given", 500))
        .build();
  }

  private static String overJdbc(SmallRyeConfig config) throws SQLException {
    String url = config.getValue("quarkus.datasource.jdbc.url", String.class);
    try (Connection connection = DriverManager.getConnection(url, "one", "secret");
        ResultSet row = connection.createStatement().executeQuery(CIPHER)) {
      row.next();
      return row.getString(2);
    }
  }

  private static String reactively(SmallRyeConfig config) throws Exception {
    String prefix = "quarkus.datasource.reactive.";
    MySQLConnectOptions options =
        MySQLConnectOptions.fromUri(config.getValue(prefix + "url", String.class))
            .setUser("one")
            .setPassword("secret")
            .setSslMode(config.getValue(prefix + "mysql.ssl-mode", SslMode.class));
    options.setTrustAll(config.getOptionalValue(prefix + "trust-all", boolean.class).orElse(false));
    config
        .getOptionalValue(prefix + "hostname-verification-algorithm", String.class)
        .filter(algorithm -> !algorithm.equals("NONE"))
        .ifPresent(options::setHostnameVerificationAlgorithm);
    config
        .getOptionalValue(prefix + "trust-certificate-pem.certs", String.class)
        .ifPresent(path -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(path)));
    Pool pool =
        new DatabasePool(Duration.ofSeconds(30))
            .create(vertx, new PoolOptions().setMaxSize(1), List.of(options));
    try {
      for (Row row :
          pool.query(CIPHER)
              .execute()
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS)) {
        return row.getString(1);
      }
      return "";
    } finally {
      pool.close();
    }
  }

  private static void taken(SmallRyeConfig config) throws Exception {
    assertFalse(overJdbc(config).isEmpty());
    assertFalse(reactively(config).isEmpty());
  }

  private static void refused(SmallRyeConfig config) {
    assertThrows(SQLException.class, () -> overJdbc(config));
    assertThrows(ExecutionException.class, () -> reactively(config));
  }

  @Test
  void aServerOfOurAuthorityIsTaken() throws Exception {
    taken(config(server, "verify-ca", ours.authority()));
    // It is what a service does that is told nothing but the authority.
    taken(config(server, null, ours.authority()));
  }

  @Test
  void aServerOfAnotherAuthorityIsRefused() {
    refused(config(server, "verify-ca", strangers.authority()));
  }

  @Test
  void oneOfSeveralAuthoritiesIsEnough() throws Exception {
    Path both = folder.resolve("both.pem");
    Files.writeString(
        both, Files.readString(strangers.authority()) + Files.readString(ours.authority()));
    taken(config(server, "verify-ca", both));
  }

  @Test
  void identityIsTheNameThatIsAskedFor() {
    // The certificate is for database.example.com, and the address is 127.0.0.1.
    refused(config(server, "verify-identity", ours.authority()));
  }

  @Test
  void requiredEncryptsByWhomever() throws Exception {
    taken(config(server, "required", null));
  }

  @Test
  void withoutAnAuthorityNothingIsVerified() {
    refused(config(server, "verify-ca", null));
    SQLException why = assertThrows(SQLException.class, () -> overJdbc(config(server, null, null)));
    assertTrue(chain(why).contains("mall.db.ca-is-missing"), chain(why));
  }

  @ParameterizedTest
  @ValueSource(strings = {"disabled", "required", "verify-ca", "verify-identity"})
  void whatABuildSawDoesNotHold(String mode) {
    SmallRyeConfig config = config(server, mode, ours.authority());
    String prefix = "quarkus.datasource.reactive.";
    assertEquals(mode.equals("required"), config.getValue(prefix + "trust-all", boolean.class));
    assertEquals(
        mode.startsWith("verify"),
        config.getValue(prefix + "trust-certificate-pem", boolean.class));
    assertEquals(
        mode.equals("verify-identity") ? "HTTPS" : "NONE",
        config.getValue(prefix + "hostname-verification-algorithm", String.class));
  }

  @Test
  void disabledIsInClear() throws Exception {
    assertEquals("", overJdbc(config(server, "disabled", null)));
    assertEquals("", reactively(config(server, "disabled", null)));
  }

  @Test
  void aServerThatDoesNotEncryptIsRefused() throws Exception {
    MariaDbServer plain = server("plain", List.of());
    try {
      assertEquals("", overJdbc(config(plain, "disabled", null)));
      refused(config(plain, "required", null));
      refused(config(plain, "verify-ca", ours.authority()));
    } finally {
      plain.stop();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "preferred", "VERIFY_CA", "verify"})
  void anotherWordIsRefused(String mode) {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> config(server, mode, ours.authority()))
            .getMessage()
            .contains("verify-ca"));
  }

  @Test
  void whatIsNoCertificateIsRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "");
    assertThrows(IllegalArgumentException.class, () -> config(server, "verify-ca", empty));
    Path gone = folder.resolve("gone.pem");
    assertThrows(IllegalArgumentException.class, () -> config(server, "verify-ca", gone));
  }

  private static String chain(Throwable failure) {
    StringBuilder messages = new StringBuilder();
    for (Throwable one = failure; one != null; one = one.getCause()) {
      messages.append(one).append('\n');
    }
    return messages.toString();
  }
}
