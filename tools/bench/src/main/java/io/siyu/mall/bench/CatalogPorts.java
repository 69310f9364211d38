package io.siyu.mall.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/** Where the catalog service of this machine listens; nobody reaches it through the gateway. */
final class CatalogPorts {

  private static final int GRPC = 9_101;
  private static final int MANAGEMENT = 8_111;
  private static final String HOST = "127.0.0.1";

  private CatalogPorts() {}

  static InetSocketAddress grpc() {
    return new InetSocketAddress(HOST, GRPC + offset());
  }

  static URI metrics() {
    return URI.create("http://" + HOST + ":" + (MANAGEMENT + offset()) + "/q/metrics");
  }

  private static int offset() {
    return Integer.getInteger("mall.port-offset", 0);
  }
}
