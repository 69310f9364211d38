package io.siyu.mall.platform.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Whose tokens are believed. */
@ConfigMapping(prefix = "mall.identity")
public interface IdentityConfig {

  /** Keycloak: staff and services. */
  Issuer staff();

  /** The membership service: members. */
  Issuer member();

  /** What a token must be made for. */
  @WithDefault("mall")
  String audience();

  /** How often both issuers are asked for their keys. */
  @WithDefault("1m")
  String keysEvery();

  /** How long a token that was verified is believed without being verified again. */
  @WithDefault("PT60S")
  Duration remember();

  /**
   * How old the keys of an issuer that cannot be reached may become. As long as its tokens live:
   * after that nobody has one that is still good.
   */
  @WithDefault("PT15M")
  Duration keysKeep();

  /** One issuer. */
  interface Issuer {

    /** The exact {@code iss}. */
    String issuer();

    /** Where its keys are: http(s) URL, file, or the JSON document itself. */
    String jwks();
  }
}
