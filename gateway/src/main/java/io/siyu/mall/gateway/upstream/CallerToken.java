package io.siyu.mall.gateway.upstream;

import io.grpc.CallOptions;
import io.grpc.stub.AbstractStub;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * The caller's token on its way from the request to the calls that answer it. It is kept with the
 * request; {@link #carry} ties it to a stub for calls that are made later, from a timer.
 */
public class CallerToken {

  /** What a call sends as {@code authorization}; the empty string for nothing at all. */
  static final CallOptions.Key<String> TOKEN = CallOptions.Key.create("mall.authorization");

  private static final String LOCAL = "mall.authorization";
  private static final String AUTHORIZATION = "Authorization";

  /** Before every filter that makes a call of its own, whatever order the build puts them in. */
  @ServerRequestFilter(priority = Priorities.HEADER_DECORATOR)
  void remember(ContainerRequestContext request) {
    String authorization = request.getHeaderString(AUTHORIZATION);
    if (authorization != null) {
      ContextLocals.put(LOCAL, authorization);
    }
  }

  /** The token of the request that is being served; null when there is none. */
  static String current() {
    return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(LOCAL, null) : null;
  }

  /** The stub with the current caller's token on every call, wherever it is made from. */
  public static <S extends AbstractStub<S>> S carry(S stub) {
    String token = current();
    return stub.withOption(TOKEN, token == null ? "" : token);
  }

  /** The stub without any token: what it reads is what everybody may read. */
  public static <S extends AbstractStub<S>> S anonymous(S stub) {
    return stub.withOption(TOKEN, "");
  }
}
