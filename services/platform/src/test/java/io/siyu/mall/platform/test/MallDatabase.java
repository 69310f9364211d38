package io.siyu.mall.platform.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * A real MariaDB with a fresh schema and its own user for the tests of a module, the keys of {@link
 * TestTokens} for both issuers, and keys for personal data.
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(MallDatabase.class)
 * class PlaceOrderTest { … }
 * }</pre>
 *
 * <p>The init argument {@code name} goes into the schema's name. The server is shared by everything
 * that one Maven run (and any that runs beside it) tests; see {@code target/test-db}.
 */
public final class MallDatabase implements QuarkusTestResourceLifecycleManager {

  private static final SecureRandom RANDOM = new SecureRandom();

  private String name = "test";
  private String schema;

  @Override
  public void init(Map<String, String> initArgs) {
    name = initArgs.getOrDefault("name", name);
  }

  @Override
  public Map<String, String> start() {
    int port = TestServer.port();
    schema = "mall_" + name + "_" + HexFormat.of().formatHex(random(5));
    String password = HexFormat.of().formatHex(random(16));
    execute(
        port,
        "CREATE DATABASE " + schema,
        "CREATE USER '" + schema + "'@'%' IDENTIFIED BY '" + password + "'",
        "GRANT ALL PRIVILEGES ON " + schema + ".* TO '" + schema + "'@'%'");
    Map<String, String> config = new HashMap<>();
    config.put("mall.db.host", "127.0.0.1");
    config.put("mall.db.port", Integer.toString(port));
    config.put("mall.db.schema", schema);
    config.put("mall.db.user", schema);
    config.put("mall.db.password", password);
    config.put("mall.identity.staff.issuer", TestTokens.STAFF_ISSUER);
    config.put("mall.identity.staff.jwks", TestTokens.jwks());
    config.put("mall.identity.member.issuer", TestTokens.MEMBER_ISSUER);
    config.put("mall.identity.member.jwks", TestTokens.jwks());
    config.put("mall.personal.keys", "t1:" + base64(32) + ",t0:" + base64(32));
    config.put("mall.personal.active-key", "t1");
    config.put("mall.personal.hash-key", base64(32));
    return config;
  }

  @Override
  public void stop() {
    if (schema != null) {
      execute(
          TestServer.port(),
          "DROP DATABASE IF EXISTS " + schema,
          "DROP USER IF EXISTS '" + schema + "'@'%'");
      schema = null;
    }
  }

  private static void execute(int port, String... statements) {
    String url = "jdbc:mysql://127.0.0.1:" + port + "/?sslMode=DISABLED";
    try (Connection connection = DriverManager.getConnection(url, "root", "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the test database refused: " + e.getMessage(), e);
    }
  }

  private static String base64(int bytes) {
    return Base64.getEncoder().encodeToString(random(bytes));
  }

  private static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }
}
