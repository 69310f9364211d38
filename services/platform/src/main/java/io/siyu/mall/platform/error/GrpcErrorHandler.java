package io.siyu.mall.platform.error;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;

/** Puts {@link GrpcErrors} behind every endpoint of the service. */
@ApplicationScoped
public class GrpcErrorHandler implements ExceptionHandlerProvider {

  @Override
  public <Q, R> ExceptionHandler<Q, R> createHandler(
      ServerCall.Listener<Q> listener, ServerCall<Q, R> call, Metadata headers) {
    return new Handler<>(listener, call, headers);
  }

  @Override
  public Throwable transform(Throwable failure) {
    return GrpcErrors.toStatus(failure);
  }

  private static final class Handler<Q, R> extends ExceptionHandler<Q, R> {

    Handler(ServerCall.Listener<Q> listener, ServerCall<Q, R> call, Metadata headers) {
      super(listener, call, headers);
    }

    @Override
    protected void handleException(Throwable failure, ServerCall<Q, R> call, Metadata headers) {
      StatusRuntimeException status = GrpcErrors.toStatus(failure);
      Metadata trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
