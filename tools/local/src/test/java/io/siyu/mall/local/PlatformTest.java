package io.siyu.mall.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siyu.mall.local.FakeCheckout.Ended;
import io.siyu.mall.local.process.Os;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code ./mall}, run as processes against processes. */
class PlatformTest {

  @TempDir Path directory;
  private FakeCheckout checkout;

  @BeforeEach
  void layOut() throws IOException {
    checkout = new FakeCheckout(directory);
  }

  @AfterEach
  void stop() throws IOException {
    checkout.close();
  }

  @Test
  void upBuildsAndStartsAndDoesNothingTheSecondTime() throws Exception {
    Ended first = checkout.run("up", "catalog");
    long service = checkout.pid("catalog");
    long database = checkout.pid("mariadb");

    Ended second = checkout.run("up", "catalog");

    assertThat(first.exit()).as(first.output()).isZero();
    assertThat(first.output()).contains("✓ build", "✓ catalog", "up at http://localhost:");
    assertThat(second.exit()).as(second.output()).isZero();
    assertThat(second.output()).contains("was up at").doesNotContain("build");
    assertThat(checkout.builds()).isEqualTo(1);
    assertThat(checkout.pid("catalog")).isEqualTo(service);
    assertThat(checkout.pid("mariadb")).isEqualTo(database);
  }

  @Test
  void upRestartsWhatHasChangedAndOnlyThat() throws Exception {
    checkout.run("up", "catalog");
    long service = checkout.pid("catalog");
    long database = checkout.pid("mariadb");
    checkout.touch("proto/src/main/proto/catalog.proto");
    Ended same = checkout.run("up", "catalog");
    assertThat(same.output()).contains("✓ build");
    assertThat(checkout.pid("catalog")).as("built anew to the same bytes").isEqualTo(service);
    checkout.write("proto/src/main/proto/catalog.proto", "message Brand {}");
    checkout.touch("proto/src/main/proto/catalog.proto");

    Ended again = checkout.run("up", "catalog");

    assertThat(again.output()).contains("✓ build");
    assertThat(Os.alive(service)).isFalse();
    assertThat(checkout.pid("catalog")).isNotEqualTo(service);
    assertThat(checkout.pid("mariadb")).isEqualTo(database);
  }

  @Test
  void upBuildsForThisMachineAndNeverRunsWhatWasBuiltForAnother() throws Exception {
    checkout.run("up", "catalog");
    assertThat(checkout.buildCommands()).hasSize(1);
    assertThat(checkout.buildCommands().get(0)).contains("-Dmall.profile=local");
    // As ./mvnw package leaves it.
    checkout.touch("services/catalog/target/quarkus-app/quarkus-run.jar");

    Ended again = checkout.run("up", "catalog");

    assertThat(again.output()).contains("✓ build");
    assertThat(checkout.buildCommands()).hasSize(2);
    assertThat(checkout.buildCommands().get(1)).contains("-Dmall.profile=local");
  }

  @Test
  void upStartsWhatHasDied() throws Exception {
    checkout.run("up", "catalog");
    kill(checkout.pid("catalog"));
    kill(checkout.pid("mariadb"));

    Ended again = checkout.run("up", "catalog");

    assertThat(again.exit()).as(again.output()).isZero();
    assertThat(Os.alive(checkout.pid("catalog"))).isTrue();
    assertThat(Os.alive(checkout.pid("mariadb"))).isTrue();
  }

  @Test
  void aServiceSeesItsOwnSchemaOnly() throws Exception {
    checkout.run("up", "mariadb");
    Secrets secrets = Secrets.in(checkout.state().resolve("secrets.properties"));
    String password = secrets.find("mall.db.catalog.password").orElseThrow();

    assertThat(schemas("mall_catalog", password))
        .containsExactlyInAnyOrder("information_schema", "mall_catalog");
    assertThat(PosixFilePermissions.toString(permissions("secrets.properties")))
        .isEqualTo("rw-------");
  }

  @Test
  void twoAtOnceAreRefusedWithTheOnesProcessId() throws Exception {
    checkout.write(".mall/slow", "");
    Process first = checkout.begin("up", "sandbox");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> checkout.processes().find("sandbox").isPresent());

    Ended second = checkout.run("up", "sandbox");

    assertThat(second.exit()).isNotZero();
    assertThat(second.output().trim())
        .isEqualTo("mall: Another ./mall up (pid " + first.pid() + ") is running; let it finish.");
    checkout.remove(".mall/slow");
    assertThat(first.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(first.exitValue()).isZero();
  }

  @Test
  void downCleansUpAfterAKilledUp() throws Exception {
    checkout.write(".mall/slow", "");
    Process up = checkout.begin("up", "sandbox");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> checkout.processes().find("sandbox").isPresent());
    kill(up.pid());
    assertThat(checkout.processes().all()).isNotEmpty();

    Ended down = checkout.run("down");

    assertThat(down.exit()).isZero();
    assertThat(checkout.processes().all()).isEmpty();
    assertThat(checkout.run("down").output()).contains("Nothing was running.");
  }

  @Test
  void aKilledBuildIsNotLeftRunning() throws Exception {
    checkout.write("hang", "");
    Process up = checkout.begin("up", "sandbox");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> checkout.processes().find("build").isPresent());
    long maven = checkout.pid("build");
    kill(up.pid());
    checkout.remove("hang");

    Ended again = checkout.run("up", "sandbox");

    assertThat(again.exit()).as(again.output()).isZero();
    assertThat(Os.alive(maven)).isFalse();
  }

  @Test
  void anInterruptedUpTakesBackWhatItStarted() throws Exception {
    checkout.write(".mall/slow", "");
    Process up = checkout.begin("up", "sandbox");
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> checkout.processes().find("sandbox").isPresent());

    up.destroy();

    assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(checkout.processes().all()).isEmpty();
  }

  @Test
  void aPortInUseIsNamedWithItsHolderAndNothingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", checkout.port("sandbox")));

      Ended up = checkout.run("up", "sandbox");

      assertThat(up.exit()).isNotZero();
      assertThat(up.output().trim())
          .isEqualTo(
              "mall: Port %d, which sandbox needs, is in use by java (pid %d); stop it, or use other ports with --port-offset N."
                  .formatted(checkout.port("sandbox"), ProcessHandle.current().pid()));
      assertThat(checkout.processes().all()).isEmpty();
    }
  }

  @Test
  void aServiceThatDoesNotStartIsQuotedAndNothingIsLeft() throws Exception {
    checkout.write(".mall/broken", "");

    Ended up = checkout.run("up", "sandbox");

    assertThat(up.exit()).isNotZero();
    assertThat(up.output())
        .contains("sandbox ended while it was starting", "the price list is missing");
    assertThat(checkout.processes().all()).isEmpty();
  }

  @Test
  void aFailedBuildIsQuotedAndNothingIsStarted() throws Exception {
    checkout.write("unbuildable", "");

    Ended up = checkout.run("up", "sandbox");

    assertThat(up.exit()).isNotZero();
    assertThat(up.output()).contains("The build failed", "';' expected");
    assertThat(checkout.processes().all()).isEmpty();
  }

  @Test
  void resetForgetsDataAndKeepsUnpackedPrograms() throws Exception {
    checkout.run("up", "mariadb");

    Ended reset = checkout.run("reset");

    assertThat(reset.exit()).isZero();
    assertThat(checkout.processes().all()).isEmpty();
    assertThat(checkout.state().resolve("mariadb")).doesNotExist();
    assertThat(checkout.state().resolve("secrets.properties")).doesNotExist();
    assertThat(checkout.state().resolve("cache/mariadb-11.4.5/bin/mariadbd")).exists();
    assertThat(checkout.run("up", "--fresh", "mariadb").exit()).isZero();
  }

  @Test
  void statusTellsWhatRuns() throws Exception {
    checkout.run("up", "catalog");

    JsonNode all = new ObjectMapper().readTree(checkout.run("status", "--json").output());

    JsonNode catalog = named(all, "catalog");
    assertThat(catalog.path("health").asText()).isEqualTo("up");
    assertThat(catalog.path("pid").asLong()).isEqualTo(checkout.pid("catalog"));
    assertThat(catalog.path("address").asText())
        .isEqualTo("http://localhost:" + checkout.port("catalog"));
    assertThat(catalog.path("rssMiB").asLong()).isPositive();
    assertThat(named(all, "gateway").path("health").asText()).isEqualTo("down");
  }

  @Test
  void anUnknownComponentIsAnsweredWithTheKnownOnes() throws Exception {
    Ended up = checkout.run("up", "cart");

    assertThat(up.exit()).isNotZero();
    assertThat(up.output()).contains("There is no component cart; there are mariadb, keycloak");
  }

  private static JsonNode named(JsonNode all, String name) {
    for (JsonNode one : all) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError(name + " is missing in " + all);
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  private Iterable<String> schemas(String user, String password) throws Exception {
    ProcessBuilder client =
        new ProcessBuilder(
            Fixtures.cache().resolve("mariadb-11.4.5/bin/mariadb").toString(),
            "--no-defaults",
            "--skip-ssl",
            "--skip-column-names",
            "--host=127.0.0.1",
            "--port=" + checkout.port("mariadb"),
            "--user=" + user,
            "--execute=SHOW DATABASES");
    client.environment().put("MYSQL_PWD", password);
    Process process = client.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes()).lines().toList();
  }

  private Set<PosixFilePermission> permissions(String file) throws IOException {
    return Files.getPosixFilePermissions(checkout.state().resolve(file));
  }
}
