package io.siyu.mall.gateway.http;

import io.siyu.mall.gateway.error.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.Principal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Requests per signed-in caller; those without a token are counted by address alone. */
public class CallerRate {

  private final RateLimits rates;

  CallerRate(RateLimits rates) {
    this.rates = rates;
  }

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    if (request.getHeaderString("Authorization") == null) {
      return;
    }
    Principal caller = request.getSecurityContext().getUserPrincipal();
    if (caller == null || caller.getName() == null || caller.getName().isEmpty()) {
      return;
    }
    int wait = rates.takeCaller(caller.getName());
    if (wait > 0) {
      throw new ProblemException(Gatekeeper.tooMany(), wait);
    }
  }
}
