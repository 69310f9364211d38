package io.siyu.mall.local.keycloak;

import io.siyu.mall.local.Secrets;
import io.siyu.mall.local.process.Launch;
import io.siyu.mall.local.process.Trees;
import io.siyu.mall.local.topology.ServiceEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One Keycloak: its own data and realm, and links to the shared program, so that several can run
 * from one unpacked copy.
 */
public final class KeycloakHome {

  private static final String REALM = "/keycloak/mall-realm.json";
  private static final List<String> CLIENTS =
      List.of("catalog", "order", "distributor", "membership", "cps", "gateway");
  private static final List<String> SHARED = List.of("conf", "lib", "providers", "themes");

  private final Path home;
  private final Path program;
  private final Secrets secrets;

  /**
   * @param home directory of this Keycloak
   * @param program the unpacked and built distribution
   * @param secrets hold the client secrets and the administrator's password
   */
  public KeycloakHome(Path home, Path program, Secrets secrets) {
    this.home = home;
    this.program = program;
    this.secrets = secrets;
  }

  /**
   * Lays the home out. Keycloak imports a realm only where there is none; so when the realm file or
   * a secret in it has changed since the last start, the old data is given up. It holds nothing but
   * that import and sign-ins.
   */
  public void prepare() {
    try {
      Path imported = home.resolve("data/import/mall-realm.json");
      Path digest = home.resolve("imported.sha256");
      if (Files.exists(digest) && !Files.readString(digest).equals(importDigest())) {
        Trees.delete(home);
      }
      Files.createDirectories(imported.getParent());
      for (String shared : SHARED) {
        Path link = home.resolve(shared);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, program.resolve(shared));
      }
      Files.writeString(imported, realm());
      Files.writeString(digest, importDigest());
    } catch (IOException e) {
      throw new UncheckedIOException("Keycloak's home could not be laid out: " + e.getMessage(), e);
    }
  }

  /** How this Keycloak is started. {@code kc.sh} would stay in between as the process we know. */
  public Launch launch(String name, int port, String publicUrl, String gatewayUrl, Path log) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-cp", program.resolve("lib/quarkus-run.jar").toString()));
    command.add("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    command.addAll(
        List.of(
            "start",
            "--optimized",
            "--import-realm",
            "--cache=local",
            "--http-enabled=true",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            "--hostname=" + publicUrl));
    return new Launch(name, command, environment(gatewayUrl), log, home);
  }

  private List<String> jvmOptions() {
    return List.of(
        "-Xms64m",
        "-Xmx320m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dfile.encoding=UTF-8",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-Dkc.home.dir=" + home,
        "-Djboss.server.config.dir=" + home.resolve("conf"),
        "-Dpicocli.disable.closures=true",
        "-Dquarkus-log-max-startup-records=10000");
  }

  /** The realm file names its secrets by these variables. */
  private Map<String, String> environment(String gatewayUrl) {
    Map<String, String> environment = new LinkedHashMap<>(clientSecrets());
    environment.put("MALL_PUBLIC_BASE_URL", gatewayUrl);
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
    environment.put(
        "KC_BOOTSTRAP_ADMIN_PASSWORD", secrets.password("mall.keycloak.admin.password"));
    environment.put("MALL_REALM_DIGEST", importDigest());
    return environment;
  }

  private String importDigest() {
    return Launch.digest(realm() + clientSecrets());
  }

  private Map<String, String> clientSecrets() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (String client : CLIENTS) {
      environment.put(
          "MALL_CLIENT_" + client.toUpperCase(Locale.ROOT) + "_SECRET",
          secrets.password(ServiceEnvironment.clientSecret(client)));
    }
    return environment;
  }

  private static String realm() {
    try (InputStream in = KeycloakHome.class.getResourceAsStream(REALM)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
