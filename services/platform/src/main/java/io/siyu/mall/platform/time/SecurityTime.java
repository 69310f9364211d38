package io.siyu.mall.platform.time;

import java.time.Instant;

/**
 * The machine's own time, for what must never follow the movable business clock: expiry of tokens
 * and codes, timestamps of signatures. Everything else takes an injected {@link java.time.Clock}.
 */
public final class SecurityTime {

  private SecurityTime() {}

  public static Instant now() {
    return Instant.now();
  }
}
