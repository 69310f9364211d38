package io.siyu.mall.local;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * A program in the place of a service or of the sandbox: reads its port from the environment as
 * they do, and answers its health. The file {@code broken} in its working directory makes it end at
 * start, the file {@code slow} keeps it from becoming healthy.
 */
public final class FakeService {

  private FakeService() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (Files.exists(Path.of("broken"))) {
      System.out.println("the price list is missing");
      System.exit(3);
    }
    String variable =
        System.getenv("MALL_SANDBOX_PORT") == null
            ? "QUARKUS_MANAGEMENT_PORT"
            : "MALL_SANDBOX_PORT";
    int port = Integer.parseInt(System.getenv(variable));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(Files.exists(Path.of("slow")) ? 503 : 200, -1);
          exchange.close();
        });
    server.start();
    new CountDownLatch(1).await();
  }
}
