package io.siyu.mall.local.keycloak;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Versions;
import io.siyu.mall.local.build.Maven;
import io.siyu.mall.local.process.FileLocked;
import io.siyu.mall.local.process.Tail;
import io.siyu.mall.local.process.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keycloak, fetched as a Maven artifact, unpacked and optimised ({@code kc.sh build}) once into the
 * cache.
 */
public final class KeycloakDistribution {

  /** Build-time options; a change of them makes a new copy in the cache. */
  private static final List<String> BUILD_OPTIONS =
      List.of("--db=dev-file", "--health-enabled=false", "--metrics-enabled=false");

  private final Path cache;
  private final Maven maven;

  /**
   * @param cache directory that keeps unpacked programs
   * @param maven fetches the artifact
   */
  public KeycloakDistribution(Path cache, Maven maven) {
    this.cache = cache;
    this.maven = maven;
  }

  /** Where the optimised program lies, or will. */
  public Path home() {
    return cache.resolve("keycloak-" + Versions.keycloak());
  }

  /** True if it need not be fetched and built any more. */
  public boolean isReady() {
    return Files.isDirectory(home());
  }

  /** Fetches, unpacks and builds Keycloak unless that was done before. */
  public Path ready() {
    if (isReady()) {
      return home();
    }
    try {
      return FileLocked.run(cache.resolve("keycloak.lock"), this::prepare);
    } catch (IOException e) {
      throw new UncheckedIOException("Keycloak could not be unpacked: " + e.getMessage(), e);
    }
  }

  private Path prepare() throws IOException {
    if (!isReady()) {
      Path download = cache.resolve("download");
      Path part = cache.resolve("keycloak.part");
      Trees.delete(download);
      Trees.delete(part);
      Files.createDirectories(part);
      String version = Versions.keycloak();
      maven.copyArtifact("org.keycloak:keycloak-quarkus-dist:" + version + ":tar.gz", download);
      Path archive = download.resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
      run(List.of("tar", "-xzf", archive.toString(), "-C", part.toString()));
      Path unpacked = part.resolve("keycloak-" + version);
      build(unpacked);
      Files.move(unpacked, home());
      Trees.delete(part);
      Trees.delete(download);
    }
    return home();
  }

  private void build(Path unpacked) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(unpacked.resolve("bin/kc.sh").toString());
    command.add("build");
    command.addAll(BUILD_OPTIONS);
    run(command);
  }

  private void run(List<String> command) throws IOException {
    Path log = cache.resolve("keycloak-build.log");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(key -> key.matches("(QUARKUS|KC)_.*|JAVA_OPTS.*"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(maven.mark());
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try {
      if (process.waitFor() != 0) {
        throw new LocalException("Keycloak could not be built:\n" + Tail.of(log, 15));
      }
    } catch (InterruptedException interrupted) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while Keycloak was being built.", interrupted);
    }
  }
}
