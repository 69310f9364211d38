package io.siyu.mall.sandbox;

import io.siyu.mall.sandbox.control.Misbehaviour.Kind;
import io.siyu.mall.sandbox.control.Misbehaviours;
import io.siyu.mall.sandbox.control.Spell;
import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.World;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server: finds the route, lets the misbehaviours in force act, answers. */
final class HttpFront implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
  private static final int WORKERS = 32;
  private static final int BACKLOG = 1024;

  private final List<Route> routes = new CopyOnWriteArrayList<>();
  private final Misbehaviours misbehaviours;
  private final World world;
  private final ExecutorService workers;
  private final Vertx vertx;
  private HttpServer server;

  HttpFront(World world) {
    this.world = world;
    this.misbehaviours = world.misbehaviours();
    AtomicInteger number = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            WORKERS,
            task -> {
              Thread thread = new Thread(task, "sandbox-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
  }

  /** Adds routes; the first one that matches answers. */
  void mount(List<Route> more) {
    routes.addAll(more);
    for (Route route : more) {
      if (route.operation() != null) {
        misbehaviours.declareRequest(route.operation(), route.protocol().signs());
      }
    }
  }

  /**
   * Starts answering.
   *
   * @param port 0 for any free one
   * @throws IOException if the address is taken
   */
  void open(String host, int port) throws IOException {
    HttpServerOptions options =
        new HttpServerOptions().setHost(host).setPort(port).setAcceptBacklog(BACKLOG);
    try {
      server =
          vertx
              .createHttpServer(options)
              .requestHandler(this::receive)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get();
    } catch (ExecutionException e) {
      throw new IOException("port " + port + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The port in use, also when the one asked for was 0. */
  int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    workers.shutdownNow();
  }

  private void receive(HttpServerRequest incoming) {
    incoming
        .body()
        .onSuccess(body -> workers.execute(() -> dispatch(incoming, body.getBytes())))
        .onFailure(e -> LOG.log(System.Logger.Level.DEBUG, "the client went away", e));
  }

  private void dispatch(HttpServerRequest incoming, byte[] body) {
    try {
      route(incoming, body);
    } catch (IllegalArgumentException e) {
      send(incoming, Protocol.PLAIN.refusal(new Refusal(400, "INVALID", "not a proper address")));
    }
  }

  private void route(HttpServerRequest incoming, byte[] body) {
    for (Route route : routes) {
      if (route.method().equals(incoming.method().name())) {
        Map<String, String> variables = route.match(incoming.path());
        if (variables != null) {
          serve(incoming, route, request(incoming, variables, body));
          return;
        }
      }
    }
    send(incoming, Protocol.PLAIN.refusal(new Refusal(404, "NOT_FOUND", "no such interface")));
  }

  private void serve(HttpServerRequest incoming, Route route, Request request) {
    Spell spell = misbehaviours.next(route.operation());
    if (spell.delayMillis() == 0) {
      finish(incoming, route, request, spell);
      return;
    }
    // The request stays open without holding a worker.
    world.later(
        spell.delayMillis(), () -> workers.execute(() -> finish(incoming, route, request, spell)));
  }

  private static void finish(
      HttpServerRequest incoming, Route route, Request request, Spell spell) {
    Answer answer = answer(route, request, spell);
    if (spell.has(Kind.DROP)) {
      incoming.connection().close();
      return;
    }
    if (spell.has(Kind.NONSENSE)) {
      answer = answer.withBody("<html><body>502 Bad Gateway</body></html>");
    }
    send(incoming, route.protocol().seal(answer, spell.seal()));
  }

  private static Answer answer(Route route, Request request, Spell spell) {
    try {
      route.protocol().admit(request);
      spell.failIfAsked();
      return route.handler().answer(request);
    } catch (Refusal refusal) {
      return route.protocol().refusal(refusal);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.method() + " " + route.template(), e);
      return route.protocol().refusal(new Refusal(500, "SYSTEM_ERROR", "系统异常，请稍后重试"));
    }
  }

  private static Request request(
      HttpServerRequest incoming, Map<String, String> variables, byte[] body) {
    Map<String, String> headers = new HashMap<>();
    incoming
        .headers()
        .forEach((name, value) -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
    return new Request(
        incoming.method().name(),
        incoming.uri(),
        query(incoming.query()),
        variables,
        headers,
        body);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        int at = pair.indexOf('=');
        String name = at < 0 ? pair : pair.substring(0, at);
        String value = at < 0 ? "" : pair.substring(at + 1);
        query.put(
            URLDecoder.decode(name, StandardCharsets.UTF_8),
            URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpServerRequest incoming, Answer answer) {
    var response = incoming.response().setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response
        .end(Buffer.buffer(answer.body()))
        .onFailure(e -> LOG.log(System.Logger.Level.DEBUG, "the client went away", e));
  }
}
