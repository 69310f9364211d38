package io.siyu.mall.gateway.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.siyu.mall.gateway.error.ProblemException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.security.Principal;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/**
 * The limits that depend on the endpoint. They run after the endpoint has been found, so that no
 * way of writing its path goes round them.
 */
public class EndpointRates {

  /** Before anything that makes a call or reads a body. */
  private static final int FIRST = Priorities.AUTHENTICATION - 1;

  private final RateLimits rates;
  private final ClientAddresses addresses;
  private final CurrentVertxRequest current;

  EndpointRates(RateLimits rates, ClientAddresses addresses, CurrentVertxRequest current) {
    this.rates = rates;
    this.addresses = addresses;
    this.current = current;
  }

  /** What only looked like a callback by its path is counted like everything else. */
  @ServerRequestFilter(priority = FIRST)
  void address(ContainerRequestContext request, SimpleResourceInfo endpoint) {
    RoutingContext context = current.getCurrent();
    boolean counted = context.get(Gatekeeper.COUNTED) != null;
    if (!counted && !endpoint.getResourceClass().isAnnotationPresent(ProviderCallback.class)) {
      check(rates.takeAddress(addresses.of(context.request())));
    }
  }

  /** Attempts to sign in, per address. */
  @SignInAttempt
  @ServerRequestFilter(priority = FIRST)
  void signIn(ContainerRequestContext request) {
    check(rates.takeSignIn(addresses.of(current.getCurrent().request())));
  }

  /** Requests per signed-in caller; those without a token are counted by address alone. */
  @ServerRequestFilter
  void caller(ContainerRequestContext request) {
    if (request.getHeaderString("Authorization") == null) {
      return;
    }
    Principal caller = request.getSecurityContext().getUserPrincipal();
    if (caller != null && caller.getName() != null && !caller.getName().isEmpty()) {
      check(rates.takeCaller(caller.getName()));
    }
  }

  private static void check(int wait) {
    if (wait > 0) {
      throw new ProblemException(Gatekeeper.tooMany(), wait);
    }
  }
}
