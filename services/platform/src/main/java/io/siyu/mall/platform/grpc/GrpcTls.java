package io.siyu.mall.platform.grpc;

import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encryption between services, {@code mall.grpc.tls.*}: all of it or nothing. Quarkus reads the
 * same files for its server and for injected clients.
 */
@Singleton
public class GrpcTls {

  private final Optional<Path> certificate;
  private final Optional<Path> key;
  private final Optional<Path> authority;

  /**
   * @throws ConfigurationException when only a part is given
   */
  public GrpcTls(
      @ConfigProperty(name = "mall.grpc.tls.certificate") Optional<Path> certificate,
      @ConfigProperty(name = "mall.grpc.tls.key") Optional<Path> key,
      @ConfigProperty(name = "mall.grpc.tls.ca") Optional<Path> authority) {
    this.certificate = certificate;
    this.key = key;
    this.authority = authority;
    long given = Stream.of(certificate, key, authority).filter(Optional::isPresent).count();
    if (given != 0 && given != 3) {
      throw new ConfigurationException(
          "mall.grpc.tls.certificate, mall.grpc.tls.key and mall.grpc.tls.ca (PEM files) belong"
              + " together: set all three, or none for calls in clear");
    }
  }

  /** The authority that others must have their certificates from; empty: calls in clear. */
  Optional<Path> authority() {
    return authority;
  }

  /** For a channel that Quarkus does not make; empty: calls in clear. */
  public Optional<SslContext> forClient() {
    return authority.map(this::context);
  }

  private SslContext context(Path trusted) {
    try {
      SslContextBuilder builder = GrpcSslContexts.forClient().trustManager(trusted.toFile());
      return builder
          .keyManager(certificate.orElseThrow().toFile(), key.orElseThrow().toFile())
          .build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new ConfigurationException("mall.grpc.tls.*: " + e.getMessage(), e);
    }
  }
}
