package io.siyu.mall.local.cli;

import io.siyu.mall.local.PlatformOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options that every command has: which platform is meant. */
final class CommonOptions {

  /** System property, set by the launcher: root of the checkout. */
  static final String ROOT = "mall.root";

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "State directory (default .mall; also MALL_STATE).")
  private Path state;

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "Added to every port, to run a second platform (also MALL_PORT_OFFSET).")
  private Integer portOffset;

  /** Root of the checkout. */
  Path root() {
    return Path.of(System.getProperty(ROOT, "")).toAbsolutePath().normalize();
  }

  /** The platform that is meant. */
  PlatformOptions platform() {
    PlatformOptions options = PlatformOptions.of(root());
    if (state != null) {
      options = options.withState(state.toAbsolutePath());
    }
    return portOffset == null ? options : options.withPortOffset(portOffset);
  }
}
