package io.siyu.mall.platform.identity;

import io.smallrye.mutiny.Uni;

/** This service's own bearer token, for work that no caller asked for. */
public interface ServiceTokens {

  /** A token that is valid for at least some seconds more. */
  Uni<String> token();
}
