package io.siyu.mall.platform.test;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Real gRPC stubs to the service under test.
 *
 * <pre>{@code
 * OrdersGrpc.OrdersBlockingStub orders =
 *     TestGrpc.as(TestTokens.member(id), OrdersGrpc::newBlockingStub);
 * }</pre>
 */
public final class TestGrpc {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final long DEADLINE_SECONDS = 20;
  private static final Map<Integer, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

  private TestGrpc() {}

  /** A stub that calls with the token; each call must end within 20 seconds. */
  public static <S extends AbstractStub<S>> S as(String token, Function<Channel, S> stub) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return anonymous(stub).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** A stub that calls without a token. */
  public static <S extends AbstractStub<S>> S anonymous(Function<Channel, S> stub) {
    return stub.apply(channel())
        .withInterceptors(
            new io.grpc.ClientInterceptor() {
              @Override
              public <Q, R> io.grpc.ClientCall<Q, R> interceptCall(
                  io.grpc.MethodDescriptor<Q, R> method,
                  io.grpc.CallOptions options,
                  Channel next) {
                return next.newCall(
                    method, options.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS));
              }
            });
  }

  /** A stub that adds nothing. */
  public static <S extends AbstractStub<S>> S bare(Function<Channel, S> stub) {
    return stub.apply(channel());
  }

  /** The port that the service under test listens on. */
  public static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
  }

  private static Channel channel() {
    return CHANNELS.computeIfAbsent(
        port(), port -> ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build());
  }
}
