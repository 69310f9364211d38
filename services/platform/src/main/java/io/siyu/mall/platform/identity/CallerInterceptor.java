package io.siyu.mall.platform.identity;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.GrpcErrors;
import io.siyu.mall.platform.error.Kind;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The door of every method: verifies the bearer token of the call that comes in, lets its owner in
 * by the contract's {@link AccessRule}, and makes them {@link Caller#current()}. No token:
 * anonymous. A token that does not hold: UNAUTHENTICATED. Whoever is refused does not reach the
 * endpoint.
 */
@ApplicationScoped
@GlobalInterceptor
public class CallerInterceptor implements ServerInterceptor {

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  static final String BEARER = "Bearer ";

  private final TokenVerifier verifier;

  CallerInterceptor(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Context context = Vertx.currentContext();
    if (!VertxContext.isDuplicatedContext(context)) {
      throw new IllegalStateException("a call must run on a Vert.x context of its own");
    }
    String header = headers.get(AUTHORIZATION);
    if (header == null || header.isEmpty()) {
      return start(Caller.ANONYMOUS, context, call, headers, next);
    }
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return refuse(
          call,
          new DomainException(
              Kind.UNAUTHENTICATED, TokenVerifier.TOKEN_INVALID, "not a bearer token"));
    }
    String token = header.substring(BEARER.length()).strip();
    Caller remembered = verifier.remembered(token);
    if (remembered != null) {
      return start(remembered, context, call, headers, next);
    }
    DelayedListener<Q> delayed = new DelayedListener<>();
    verifier
        .verify(token)
        .subscribe()
        .with(
            caller ->
                onContext(
                    context, () -> delayed.proceed(start(caller, context, call, headers, next))),
            failure -> onContext(context, () -> delayed.proceed(refuse(call, failure))));
    return delayed;
  }

  private static <Q, R> ServerCall.Listener<Q> start(
      Caller caller,
      Context context,
      ServerCall<Q, R> call,
      Metadata headers,
      ServerCallHandler<Q, R> next) {
    try {
      AccessRule.of(call.getMethodDescriptor()).admit(caller).attachTo(context);
    } catch (DomainException | IllegalStateException refusal) {
      return refuse(call, refusal);
    }
    return next.startCall(call, headers);
  }

  private static void onContext(Context context, Runnable action) {
    if (Vertx.currentContext() == context) {
      action.run();
    } else {
      context.runOnContext(ignored -> action.run());
    }
  }

  private static <Q, R> ServerCall.Listener<Q> refuse(ServerCall<Q, R> call, Throwable failure) {
    StatusRuntimeException status = GrpcErrors.toStatus(failure);
    Metadata trailers = status.getTrailers();
    call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    return new ServerCall.Listener<>() {};
  }
}
