package io.siyu.mall.gateway.upstream;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Every call has a deadline and carries the caller's token. */
@GlobalInterceptor
@ApplicationScoped
public class OutgoingCalls implements ClientInterceptor {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final UpstreamConfig config;

  OutgoingCalls(UpstreamConfig config) {
    this.config = config;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    CallOptions timed =
        options.getDeadline() == null
            ? options.withDeadlineAfter(deadline(method).toNanos(), TimeUnit.NANOSECONDS)
            : options;
    String fixed = options.getOption(CallerToken.TOKEN);
    String token = fixed == null ? CallerToken.current() : fixed;
    return new SimpleForwardingClientCall<>(next.newCall(method, timed)) {
      @Override
      public void start(Listener<R> listener, Metadata headers) {
        if (token != null && !token.isEmpty()) {
          headers.put(AUTHORIZATION, token);
        }
        super.start(listener, headers);
      }
    };
  }

  private Duration deadline(MethodDescriptor<?, ?> method) {
    if (Calls.isBulk(method)) {
      return config.bulkDeadline();
    }
    return Calls.isRead(method) ? config.readDeadline() : config.writeDeadline();
  }
}
