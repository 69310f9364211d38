package io.siyu.mall.platform.identity;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * For a client whose calls are this service's own, whoever asked for them: methods that the
 * contract opens to this service alone. Each call carries the service's client credentials.
 *
 * <pre>{@code
 * stock = injectedStub.withInterceptors(asThisService);
 * }</pre>
 *
 * Not by {@code @RegisterClientInterceptor}: with it, Quarkus 3.30 finds no channel for another
 * client of the same service that has none, and says so at the first call only.
 */
@ApplicationScoped
public class AsThisService implements ClientInterceptor {

  private final ServiceTokens serviceTokens;

  AsThisService(ServiceTokens serviceTokens) {
    this.serviceTokens = serviceTokens;
  }

  @Override
  public <Q, R> ClientCall<Q, R> interceptCall(
      MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
    return next.newCall(method, options.withCallCredentials(new Bearer(serviceTokens::token)));
  }
}
