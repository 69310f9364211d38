package io.siyu.mall.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What all benchmarks can be told, and where the platform is (from the runner's properties). */
final class Options {

  private static final int DATABASE_PORT = 13_306;

  @Option(names = "--json", description = "End with one line of JSON.")
  boolean json;

  @Option(
      names = "--connections",
      defaultValue = "32",
      description = "Callers at once (default ${DEFAULT-VALUE}).")
  int connections;

  @Option(
      names = "--seconds",
      defaultValue = "24",
      description = "Time to measure, floor and platform together (default ${DEFAULT-VALUE}).")
  int seconds;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Turns of floor and platform, against drifts (default ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "15",
      description = "Seconds of load before, at least (default ${DEFAULT-VALUE}).")
  int warmUpSeconds;

  @Option(
      names = "--longest-warm-up",
      defaultValue = "120",
      description =
          "Seconds after which to measure although the load still gets faster (default"
              + " ${DEFAULT-VALUE}).")
  int longestWarmUpSeconds;

  /** Load before anything is measured. */
  Duration warmUp() {
    return Duration.ofSeconds(warmUpSeconds);
  }

  /** Loads the platform until that makes it no faster. */
  WarmUp warmUp(WarmUp.Turn load) throws IOException {
    return WarmUp.of(load, warmUp(), Duration.ofSeconds(longestWarmUpSeconds));
  }

  /** One turn of one side. */
  Duration slice() {
    return Duration.ofMillis(seconds * 1_000L / (2L * rounds));
  }

  static URI gateway() {
    return uri("mall.gateway.url", "http://localhost:8080");
  }

  static URI sandbox() {
    return uri("mall.sandbox.url", "http://localhost:8190");
  }

  static URI keycloak() {
    return uri("mall.keycloak.url", "http://localhost:8180");
  }

  static int databasePort() {
    return DATABASE_PORT + Integer.getInteger("mall.port-offset", 0);
  }

  /** The file with the passwords of this machine's platform. */
  static Path secrets() {
    return Path.of(System.getProperty("mall.secrets", ".mall/secrets.properties"));
  }

  private static URI uri(String property, String otherwise) {
    return URI.create(System.getProperty(property, otherwise));
  }
}
