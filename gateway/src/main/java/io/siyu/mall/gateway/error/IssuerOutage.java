package io.siyu.mall.gateway.error;

import io.quarkus.oidc.OIDCException;
import java.net.ConnectException;

/**
 * A token could not be checked because its issuer's keys cannot be had: our fault, not the
 * caller's.
 */
final class IssuerOutage {

  static final Problem PROBLEM = Problem.of(503, Reasons.UPSTREAM_UNAVAILABLE, "登录服务暂不可用，请稍后再试");

  private IssuerOutage() {}

  static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof OIDCException || cause instanceof ConnectException) {
        return true;
      }
    }
    return false;
  }
}
