package io.siyu.mall.platform.identity;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** A bearer token on an outgoing call. */
final class Bearer extends CallCredentials {

  private final Supplier<Uni<String>> token;

  Bearer(Supplier<Uni<String>> token) {
    this.token = token;
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo request, Executor executor, MetadataApplier applier) {
    token
        .get()
        .subscribe()
        .with(
            value -> {
              Metadata headers = new Metadata();
              headers.put(CallerInterceptor.AUTHORIZATION, CallerInterceptor.BEARER + value);
              applier.apply(headers);
            },
            failure ->
                applier.fail(
                    Status.UNAVAILABLE
                        .withDescription("no token for this service")
                        .withCause(failure)));
  }
}
