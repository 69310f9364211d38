package io.siyu.mall.gateway.testing;

import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.StockGrpc;
import io.siyu.mall.proto.common.v1.EventAdminGrpc;
import io.siyu.mall.proto.cps.v1.ClaimsGrpc;
import io.siyu.mall.proto.cps.v1.CpsOrdersGrpc;
import io.siyu.mall.proto.cps.v1.LinksGrpc;
import io.siyu.mall.proto.cps.v1.SharePoliciesGrpc;
import io.siyu.mall.proto.cps.v1.StatementsGrpc;
import io.siyu.mall.proto.cps.v1.SyncsGrpc;
import io.siyu.mall.proto.distributor.v1.CommissionRulesGrpc;
import io.siyu.mall.proto.distributor.v1.DistributorsGrpc;
import io.siyu.mall.proto.distributor.v1.LedgerGrpc;
import io.siyu.mall.proto.distributor.v1.NameCorrectionsGrpc;
import io.siyu.mall.proto.distributor.v1.SharingGrpc;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import io.siyu.mall.proto.membership.v1.MembersGrpc;
import io.siyu.mall.proto.membership.v1.MergesGrpc;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.order.v1.AfterSalesGrpc;
import io.siyu.mall.proto.order.v1.CheckoutsGrpc;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A real gRPC server that serves the whole contract: each method answers what a test says, or else
 * its empty message, and every call is remembered as it arrived.
 */
public final class FakeServices {

  private static final List<ServiceDescriptor> CONTRACT =
      List.of(
          CatalogGrpc.getServiceDescriptor(),
          CatalogImportsGrpc.getServiceDescriptor(),
          StockGrpc.getServiceDescriptor(),
          CheckoutsGrpc.getServiceDescriptor(),
          OrdersGrpc.getServiceDescriptor(),
          PaymentsGrpc.getServiceDescriptor(),
          AfterSalesGrpc.getServiceDescriptor(),
          DistributorsGrpc.getServiceDescriptor(),
          SharingGrpc.getServiceDescriptor(),
          CommissionRulesGrpc.getServiceDescriptor(),
          LedgerGrpc.getServiceDescriptor(),
          NameCorrectionsGrpc.getServiceDescriptor(),
          WithdrawalsGrpc.getServiceDescriptor(),
          SessionsGrpc.getServiceDescriptor(),
          MembersGrpc.getServiceDescriptor(),
          MergesGrpc.getServiceDescriptor(),
          LinksGrpc.getServiceDescriptor(),
          CpsOrdersGrpc.getServiceDescriptor(),
          SyncsGrpc.getServiceDescriptor(),
          SharePoliciesGrpc.getServiceDescriptor(),
          StatementsGrpc.getServiceDescriptor(),
          ClaimsGrpc.getServiceDescriptor(),
          EventAdminGrpc.getServiceDescriptor());
  private static final Context.Key<Metadata> HEADERS = Context.key("headers");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final int port;
  private final Map<String, Function<Object, Object>> answers = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private Server server;

  /** A call as it arrived; the request is a list of messages when the client streams. */
  public record Call(String method, Object request, String authorization, long deadlineMillis) {}

  FakeServices(int port) {
    this.port = port;
  }

  /** Every service of the contract but the sink of events, which the gateway never calls. */
  public static List<ServiceDescriptor> contract() {
    return CONTRACT;
  }

  int port() {
    return port;
  }

  /** Begins to listen. */
  public void start() {
    NettyServerBuilder builder = NettyServerBuilder.forPort(port).intercept(new Remember());
    CONTRACT.forEach(service -> builder.addService((BindableService) () -> define(service)));
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops listening and breaks every connection. */
  public void stop() {
    try {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void reset() {
    answers.clear();
    calls.clear();
  }

  /** What a method answers, or throws. */
  @SuppressWarnings("unchecked")
  public <Q, R> void on(MethodDescriptor<Q, R> method, Function<Q, R> answer) {
    answers.put(method.getFullMethodName(), (Function<Object, Object>) (Function<?, ?>) answer);
  }

  /** What a client-streaming method answers to all messages. */
  @SuppressWarnings("unchecked")
  public <Q, R> void onStream(MethodDescriptor<Q, R> method, Function<List<Q>, R> answer) {
    answers.put(method.getFullMethodName(), (Function<Object, Object>) (Function<?, ?>) answer);
  }

  /** The calls of a method, in order. */
  public List<Call> calls(MethodDescriptor<?, ?> method) {
    return calls.stream().filter(c -> c.method().equals(method.getFullMethodName())).toList();
  }

  /** The request of a method's one call. */
  @SuppressWarnings("unchecked")
  public <Q, R> Q request(MethodDescriptor<Q, R> method) {
    List<Call> all = calls(method);
    if (all.size() != 1) {
      throw new AssertionError(method.getFullMethodName() + " was called " + all.size() + " times");
    }
    return (Q) all.get(0).request();
  }

  /** All calls. */
  public List<Call> calls() {
    return List.copyOf(calls);
  }

  private ServerServiceDefinition define(ServiceDescriptor service) {
    ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(service);
    service.getMethods().forEach(method -> add(builder, method));
    return builder.build();
  }

  private <Q, R> void add(ServerServiceDefinition.Builder builder, MethodDescriptor<Q, R> method) {
    builder.addMethod(
        method,
        method.getType() == MethodDescriptor.MethodType.UNARY
            ? ServerCalls.asyncUnaryCall((q, out) -> answer(method, q, out))
            : ServerCalls.asyncClientStreamingCall(out -> collect(method, out)));
  }

  private <Q, R> StreamObserver<Q> collect(MethodDescriptor<Q, R> method, StreamObserver<R> out) {
    List<Q> messages = new ArrayList<>();
    return new StreamObserver<>() {
      @Override
      public void onNext(Q message) {
        messages.add(message);
      }

      @Override
      public void onError(Throwable failure) {
        messages.clear();
      }

      @Override
      public void onCompleted() {
        answer(method, messages, out);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private <R> void answer(MethodDescriptor<?, R> method, Object request, StreamObserver<R> out) {
    long left =
        Context.current().getDeadline() == null
            ? -1
            : Context.current().getDeadline().timeRemaining(TimeUnit.MILLISECONDS);
    calls.add(
        new Call(method.getFullMethodName(), request, HEADERS.get().get(AUTHORIZATION), left));
    try {
      Function<Object, Object> answer = answers.get(method.getFullMethodName());
      R prototype =
          (R)
              ((MethodDescriptor.PrototypeMarshaller<?>) method.getResponseMarshaller())
                  .getMessagePrototype();
      out.onNext(answer == null ? prototype : (R) answer.apply(request));
      out.onCompleted();
    } catch (StatusRuntimeException e) {
      out.onError(e);
    }
  }

  private static final class Remember implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      return Contexts.interceptCall(
          Context.current().withValue(HEADERS, headers), call, headers, next);
    }
  }
}
