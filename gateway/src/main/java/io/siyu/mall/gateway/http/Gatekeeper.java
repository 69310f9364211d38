package io.siyu.mall.gateway.http;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemRoutes;
import io.siyu.mall.gateway.error.Reasons;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses what is too much before anything is read: requests per address, and the size of bodies.
 */
@Singleton
public class Gatekeeper {

  /** Before CORS and authentication. */
  private static final int PRIORITY = 1000;

  /** After Quarkus has set its one limit for everything. */
  private static final int AFTER_QUARKUS_LIMIT = 1;

  private static final String PRODUCTS = "/admin/v1/products";
  private static final String IMPORTS = "/admin/v1/catalog-imports";
  private static final String CALLBACKS = "/callbacks/";

  /** Below what the server itself refuses, without a word. */
  private static final int LONGEST_URI = 8_192;

  /** In the request's context: it has taken its part of the address's bucket. */
  static final String COUNTED = "mall.counted";

  /** What a form has around its file. */
  private static final long ENVELOPE = 64 * 1024;

  private final RateLimits rates;
  private final ClientAddresses addresses;
  private final ProblemRoutes problems;
  private final HttpConfig.Limits limits;

  Gatekeeper(
      RateLimits rates, ClientAddresses addresses, ProblemRoutes problems, HttpConfig config) {
    this.rates = rates;
    this.addresses = addresses;
    this.problems = problems;
    this.limits = config.limits();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, PRIORITY);
    filters.register(this::limitUnknownLength, AFTER_QUARKUS_LIMIT);
  }

  private void check(RoutingContext context) {
    String path = context.normalizedPath();
    harden(context);
    int wait = wait(context, path);
    if (wait > 0) {
      problems.answer(context, tooMany(), wait);
    } else if (context.request().uri().length() > LONGEST_URI) {
      problems.answer(context, Problem.of(414, Reasons.URI_TOO_LONG, "请求地址过长"), 0);
    } else if (isTooLarge(context, path)) {
      context.response().putHeader("Connection", "close");
      problems.answer(context, Problem.of(413, Reasons.BODY_TOO_LARGE, "请求内容过大"), 0);
    } else {
      context.next();
    }
  }

  /** What a browser must not do with an answer of the API. */
  private static void harden(RoutingContext context) {
    context
        .response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }

  /** A body that does not say its length is cut off at the same limit while it is read. */
  private void limitUnknownLength(RoutingContext context) {
    context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, allowed(context.normalizedPath()));
    context.next();
  }

  private long allowed(String path) {
    if (path.equals(IMPORTS)) {
      return limits.importBytes() + ENVELOPE;
    }
    return path.startsWith(PRODUCTS) ? limits.productBytes() : limits.bodyBytes();
  }

  /**
   * Everything counts, whether there is such a path or not. A provider's message has a bucket of
   * its own: what else comes from its address cannot stop it. That a path only looks like one is
   * seen when its endpoint is known ({@link EndpointRates}).
   */
  private int wait(RoutingContext context, String path) {
    String address = addresses.of(context.request());
    if (path.startsWith(CALLBACKS)) {
      return rates.takeCallback(address);
    }
    context.put(COUNTED, true);
    return rates.takeAddress(address);
  }

  private boolean isTooLarge(RoutingContext context, String path) {
    String length = context.request().getHeader("Content-Length");
    if (length == null) {
      return false;
    }
    try {
      return Long.parseLong(length) > allowed(path);
    } catch (NumberFormatException e) {
      return true;
    }
  }

  /** The problem of somebody who asks too often. */
  public static Problem tooMany() {
    return Problem.of(429, Reasons.RATE_LIMITED, "请求过于频繁，请按 Retry-After 稍后再试");
  }
}
