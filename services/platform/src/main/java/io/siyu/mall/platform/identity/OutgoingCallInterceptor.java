package io.siyu.mall.platform.identity;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What every outgoing call gets: a deadline if it has none, and the token of {@link
 * Caller#current()} — the caller's own, or in a job this service's client credentials. Where there
 * is no caller at all nothing is sent: a call never gains rights by losing its context.
 */
@ApplicationScoped
@GlobalInterceptor
public class OutgoingCallInterceptor implements ClientInterceptor {

  private final ServiceTokens serviceTokens;
  private final long deadlineMillis;

  OutgoingCallInterceptor(
      ServiceTokens serviceTokens,
      @ConfigProperty(name = "mall.grpc.deadline", defaultValue = "PT5S") Duration deadline) {
    this.serviceTokens = serviceTokens;
    this.deadlineMillis = deadline.toMillis();
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    CallOptions complete = options;
    if (complete.getDeadline() == null) {
      complete = complete.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS);
    }
    Caller caller = Caller.current();
    if (complete.getCredentials() == null && !caller.isAnonymous()) {
      complete = complete.withCallCredentials(new Bearer(() -> tokenOf(caller)));
    }
    return next.newCall(method, complete);
  }

  private Uni<String> tokenOf(Caller caller) {
    return caller.token() == null ? serviceTokens.token() : Uni.createFrom().item(caller.token());
  }
}
