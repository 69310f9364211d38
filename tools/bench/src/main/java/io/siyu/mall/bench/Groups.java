package io.siyu.mall.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Catalog's count of transactions and of the requests that shared them.
 *
 * @param commits transactions
 * @param requests requests
 */
record Groups(double commits, double requests) {

  private static final String NAME = "mall_stock_group_size_";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** As the service says now. */
  static Groups now() throws IOException {
    try {
      String metrics =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(
                  HttpRequest.newBuilder(CatalogPorts.metrics()).timeout(PATIENCE).build(),
                  BodyHandlers.ofString())
              .body();
      return new Groups(value(metrics, "count"), value(metrics, "sum"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What came in between. */
  Groups since(Groups before) {
    return new Groups(commits - before.commits, requests - before.requests);
  }

  /** Requests in one transaction. */
  double mean() {
    return commits == 0 ? 0 : requests / commits;
  }

  private static double value(String metrics, String what) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(NAME + what))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
