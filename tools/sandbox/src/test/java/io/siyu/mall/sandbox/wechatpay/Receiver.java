package io.siyu.mall.sandbox.wechatpay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.notification.RequestParam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The merchant's notification address: keeps what comes, answers as told. */
final class Receiver implements AutoCloseable {
  /** What came in, for the SDK's parser. */
  record Received(RequestParam param, String path, String body, String signature, long timestamp) {}

  final List<Received> received = new CopyOnWriteArrayList<>();

  /** Statuses of the next answers; 204 when there is none. */
  final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::receive);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** Those on the path, in the order in which they came. */
  List<Received> at(String path) {
    return received.stream().filter(r -> r.path().equals(path)).toList();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    RequestParam param =
        new RequestParam.Builder()
            .serialNumber(headers.getFirst("Wechatpay-Serial"))
            .nonce(headers.getFirst("Wechatpay-Nonce"))
            .signature(headers.getFirst("Wechatpay-Signature"))
            .timestamp(headers.getFirst("Wechatpay-Timestamp"))
            .signType(headers.getFirst("Wechatpay-Signature-Type"))
            .body(body)
            .build();
    received.add(
        new Received(
            param,
            exchange.getRequestURI().getPath(),
            body,
            headers.getFirst("Wechatpay-Signature"),
            Long.parseLong(headers.getFirst("Wechatpay-Timestamp"))));
    Integer status = answers.poll();
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }
}
