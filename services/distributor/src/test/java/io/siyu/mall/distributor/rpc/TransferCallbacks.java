package io.siyu.mall.distributor.rpc;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.StatusRuntimeException;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.distributor.v1.HandleTransferNotificationRequest;
import io.siyu.mall.proto.distributor.v1.WithdrawalsGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.ConfigProvider;

/** What the gateway does with a notification: hands it on as it came and answers by the outcome. */
final class TransferCallbacks implements AutoCloseable {

  private final HttpServer server;
  private final List<String> outcomes = new CopyOnWriteArrayList<>();

  TransferCallbacks() {
    URI base =
        URI.create(ConfigProvider.getConfig().getValue("mall.public.base-url", String.class));
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", base.getPort()), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newFixedThreadPool(4));
    server.createContext("/callbacks/wechat-pay/transfers", this::handle);
    server.start();
  }

  /** {@code OK} or the reason of the refusal, in the order they were answered. */
  List<String> outcomes() {
    return outcomes;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    HandleTransferNotificationRequest.Builder request =
        HandleTransferNotificationRequest.newBuilder()
            .setBody(ByteString.readFrom(exchange.getRequestBody()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> request.putHeaders(name.toLowerCase(Locale.ROOT), values.get(0)));
    int status = 200;
    try {
      TestGrpc.anonymous(WithdrawalsGrpc::newBlockingStub)
          .handleTransferNotification(request.build());
      outcomes.add("OK");
    } catch (StatusRuntimeException e) {
      outcomes.add(RemoteErrors.from(e).reason());
      status = 401;
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }
}
