package io.siyu.mall.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.siyu.mall.gateway.http.HttpConfig.Patience;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections on which a request takes too long to arrive, or none does. An idle timeout
 * alone (which Vert.x has) is not enough: a byte now and then keeps a connection open for ever, and
 * some thousand of them cost nothing to hold. Each event loop looks at its own connections once a
 * second; a request costs two fields.
 */
@Singleton
class SlowConnections {

  private static final AttributeKey<Watch> WATCH = AttributeKey.valueOf("mall.watch");
  private static final int EVERY_MILLIS = 1_000;

  /** Before everything that could refuse a request. */
  private static final int FIRST = 10_000;

  private static final CharSequence CHUNKS = HttpHeaders.TRANSFER_ENCODING;
  private static final String IMPORTS = "/admin/v1/catalog-imports";

  private final Patience patience;
  private final Queue<ScheduledFuture<?>> looks = new ConcurrentLinkedQueue<>();

  SlowConnections(HttpConfig config) {
    this.patience = config.patience();
  }

  void register(@Observes Filters filters) {
    filters.register(this::seen, FIRST);
  }

  void register(@Observes ManagementInterface management) {
    management.router().route().order(Integer.MIN_VALUE).handler(this::seen);
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    for (EventExecutor loop : ((VertxInternal) vertx).getEventLoopGroup()) {
      looks.add(
          loop.scheduleWithFixedDelay(
              () -> look((SingleThreadEventLoop) loop),
              EVERY_MILLIS,
              EVERY_MILLIS,
              TimeUnit.MILLISECONDS));
    }
  }

  void stop(@Observes ShutdownEvent event) {
    looks.forEach(look -> look.cancel(false));
  }

  private void seen(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (request.connection() instanceof ConnectionBase connection) {
      Watch watch = watch(connection.channel());
      watch.began(request, bodyLimit(context));
      context.addEndHandler(done -> watch.ended(request, patience.idle().toNanos()));
    }
    context.next();
  }

  /** A request without a body is complete, though it may not say so before somebody reads it. */
  private long bodyLimit(RoutingContext context) {
    HttpServerRequest request = context.request();
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    boolean none = length == null ? !request.headers().contains(CHUNKS) : length.equals("0");
    if (none) {
      return Long.MAX_VALUE;
    }
    boolean upload = context.normalizedPath().startsWith(IMPORTS);
    return (upload ? patience.upload() : patience.body()).toNanos();
  }

  private void look(SingleThreadEventLoop loop) {
    List<Channel> late = new ArrayList<>();
    loop.registeredChannelsIterator()
        .forEachRemaining(
            channel -> {
              if (channel.parent() instanceof ServerChannel && watch(channel).isLate()) {
                late.add(channel);
              }
            });
    late.forEach(Channel::close);
  }

  private Watch watch(Channel channel) {
    Watch watch = channel.attr(WATCH).get();
    if (watch == null) {
      watch = new Watch(patience.head().toNanos());
      channel.attr(WATCH).set(watch);
    }
    return watch;
  }

  /** What a connection is waited for; used on its event loop alone. */
  private static final class Watch {

    private HttpServerRequest request;
    private long since = System.nanoTime();
    private long limit;

    Watch(long limit) {
      this.limit = limit;
    }

    /** The head of a request is there; its body must follow. */
    void began(HttpServerRequest begun, long bodyLimit) {
      request = begun;
      since = System.nanoTime();
      limit = bodyLimit;
    }

    /** The request is answered; the whole head of the next one must follow. */
    void ended(HttpServerRequest answered, long idleLimit) {
      if (request == answered) {
        request = null;
        since = System.nanoTime();
        limit = idleLimit;
      }
    }

    /** False while the answer is ours to give. */
    boolean isLate() {
      return (request == null || !request.isEnded()) && System.nanoTime() - since > limit;
    }
  }
}
