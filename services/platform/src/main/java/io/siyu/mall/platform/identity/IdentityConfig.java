package io.siyu.mall.platform.identity;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

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

  /** One issuer. */
  interface Issuer {

    /** The exact {@code iss}. */
    String issuer();

    /** Where its keys are: http(s) URL, file, or the JSON document itself. */
    String jwks();
  }
}
