package io.siyu.mall.membership;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.HasSeatRequest;
import io.siyu.mall.proto.distributor.v1.HasSeatResponse;
import io.siyu.mall.proto.order.v1.HasOrdersRequest;
import io.siyu.mall.proto.order.v1.HasOrdersResponse;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Order and distributor, as far as they tell whether a member has history there, over real gRPC on
 * the port that {@link MembershipEnvironment} has chosen. They answer nobody but this service.
 */
public final class Neighbours {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static Neighbours started;

  private final Set<String> buyers = ConcurrentHashMap.newKeySet();
  private final Set<String> sellers = ConcurrentHashMap.newKeySet();
  private volatile boolean down;

  private Neighbours() {}

  /** The ones of this JVM; started when first asked for. */
  public static synchronized Neighbours running() {
    if (started == null) {
      started = new Neighbours();
      int port = ConfigProvider.getConfig().getValue("mall.services.order.port", Integer.class);
      try {
        Server server =
            Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .intercept(new ThisServiceAlone())
                .addService(started.new OrdersFake())
                .addService(started.new DistributorsFake())
                .build();
        server.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return started;
  }

  /** The member has placed an order. */
  public void ordered(String member) {
    buyers.add(member);
  }

  /** The member is, or was, a distributor. */
  public void seated(String member) {
    sellers.add(member);
  }

  /** Nobody answers until {@link #reset}. */
  public void down() {
    down = true;
  }

  /** Everybody answers again. */
  public void reset() {
    down = false;
  }

  private <T> void answer(StreamObserver<T> observer, T answer) {
    if (down) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  private final class OrdersFake extends OrdersGrpc.OrdersImplBase {
    @Override
    public void hasOrders(HasOrdersRequest request, StreamObserver<HasOrdersResponse> observer) {
      boolean has = buyers.contains(request.getMemberId());
      answer(observer, HasOrdersResponse.newBuilder().setHasOrders(has).build());
    }
  }

  private final class DistributorsFake extends DistributorsGrpc.DistributorsImplBase {
    @Override
    public void hasSeat(HasSeatRequest request, StreamObserver<HasSeatResponse> observer) {
      boolean has = sellers.contains(request.getMemberId());
      answer(observer, HasSeatResponse.newBuilder().setHasSeat(has).build());
    }
  }

  private static final class ThisServiceAlone implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      String[] token = String.valueOf(headers.get(AUTHORIZATION)).split("\\.");
      String claims =
          token.length < 2
              ? ""
              : new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);
      if (!claims.contains("\"azp\":\"membership\"")) {
        call.close(Status.PERMISSION_DENIED, new Metadata());
        return new ServerCall.Listener<>() {};
      }
      return next.startCall(call, headers);
    }
  }
}
