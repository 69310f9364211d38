package io.siyu.mall.membership.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code mall.membership.*}: the members' tokens, and how often jobs run. */
@ConfigMapping(prefix = "mall.membership")
public interface SessionConfig {

  /**
   * Key id and RSA private key (PKCS #8 PEM, or the path of one), as {@code kid:path}. All are
   * published, so that tokens of the key before stay good while a new one takes over.
   */
  Optional<List<String>> signingKeys();

  /** The key id that signs. */
  Optional<String> activeSigningKey();

  @WithName("access-token-life")
  @WithDefault("PT15M")
  Duration accessTokenLife();

  /** A session that is not refreshed for so long ends. */
  @WithDefault("P30D")
  Duration sessionIdle();

  /** A session ends after so long in any case. */
  @WithDefault("P180D")
  Duration sessionAbsolute();

  /**
   * How long the answers of sign-in and refresh are stored for repeats whose first answer was lost.
   */
  @WithDefault("PT2M")
  Duration sessionAnswerLife();

  /** How often levels whose period is over are looked for; {@code off} for never. */
  @WithDefault("30s")
  String levelReviewEvery();

  /** How often sessions whose time is over are looked for; {@code off} for never. */
  @WithDefault("10m")
  String sessionExpiryEvery();

  /** The durations together. */
  default SessionPolicy policy() {
    return new SessionPolicy(accessTokenLife(), sessionIdle(), sessionAbsolute());
  }
}
