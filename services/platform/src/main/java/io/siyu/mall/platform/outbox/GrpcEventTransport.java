package io.siyu.mall.platform.outbox;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.arc.DefaultBean;
import io.siyu.mall.platform.grpc.GrpcTls;
import io.siyu.mall.platform.identity.OutgoingCallInterceptor;
import io.siyu.mall.proto.common.v1.DeliverRequest;
import io.siyu.mall.proto.common.v1.DeliverResponse;
import io.siyu.mall.proto.common.v1.Event;
import io.siyu.mall.proto.common.v1.EventResult;
import io.siyu.mall.proto.common.v1.MutinyEventSinkGrpc;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;

/** Calls {@code EventSink.Deliver} of the service named {@code mall.services.<subscriber>}. */
@ApplicationScoped
@DefaultBean
public class GrpcEventTransport implements EventTransport {

  private final Config config;
  private final OutboxConfig outbox;
  private final OutgoingCallInterceptor interceptor;
  private final GrpcTls tls;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  GrpcEventTransport(
      Config config, OutboxConfig outbox, OutgoingCallInterceptor interceptor, GrpcTls tls) {
    this.tls = tls;
    this.config = config;
    this.outbox = outbox;
    this.interceptor = interceptor;
  }

  @Override
  public Uni<List<EventResult>> deliver(String subscriber, List<Event> events) {
    return MutinyEventSinkGrpc.newMutinyStub(channels.computeIfAbsent(subscriber, this::open))
        .withDeadlineAfter(outbox.deliveryTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .deliver(DeliverRequest.newBuilder().addAllEvents(events).build())
        .map(DeliverResponse::getResultsList);
  }

  private ManagedChannel open(String subscriber) {
    String prefix = "mall.services." + subscriber + ".";
    NettyChannelBuilder channel =
        NettyChannelBuilder.forAddress(
            config.getValue(prefix + "host", String.class),
            config.getValue(prefix + "port", Integer.class));
    tls.forClient().ifPresentOrElse(channel::sslContext, channel::usePlaintext);
    return channel.intercept(interceptor).build();
  }

  @PreDestroy
  void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
