package io.siyu.mall.sandbox;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Sandboxes for tests; the keys are made once for all. */
public final class Worlds {
  public static final SandboxKeys KEYS = SandboxKeys.in(Path.of("target", "test-keys"));

  private Worlds() {}

  /** A sandbox on a free port. */
  public static Sandbox start() {
    return start(config -> config);
  }

  /** A sandbox configured differently. */
  public static Sandbox start(UnaryOperator<SandboxConfig> change) {
    return Sandbox.start(change.apply(SandboxConfig.forTests(KEYS)));
  }
}
