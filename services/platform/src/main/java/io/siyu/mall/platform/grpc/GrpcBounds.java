package io.siyu.mall.platform.grpc;

import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * What Quarkus (3.30) has no settings for: how many calls one connection may have under way, how
 * long one may stay open without any, and whose certificates are taken.
 */
@ApplicationScoped
public class GrpcBounds implements ServerBuilderCustomizer<VertxServerBuilder> {

  /** Far more than a gateway has under way; the rest waits at the caller. */
  private static final int CALLS_PER_CONNECTION = 1_000;

  private static final int IDLE_MINUTES = 10;

  private final GrpcTls tls;

  GrpcBounds(GrpcTls tls) {
    this.tls = tls;
  }

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder server) {
    server
        .nettyBuilder()
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES);
    // Quarkus adds certificate and key to the same options, but knows no PEM of an authority.
    tls.authority()
        .ifPresent(
            ca ->
                server.useSsl(
                    options ->
                        options.setTrustOptions(new PemTrustOptions().addCertPath(ca.toString()))));
  }
}
