package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Product pages through the gateway, warm, against the gateway's own plain text. */
@Command(name = "browse", description = "Product pages per second, against plain text.")
final class Browse implements Callable<Integer> {

  @Mixin private Options options;

  @Override
  public Integer call() throws IOException {
    URI gateway = Options.gateway();
    List<byte[]> pages = new ArrayList<>();
    for (JsonNode product :
        new Api(gateway, null).get("/shop/v1/products?pageSize=50").path("items")) {
      pages.add(Requests.get(gateway, "/shop/v1/products/" + product.path("productId").asText()));
    }
    if (pages.isEmpty()) {
      throw new IOException("there are no products; import the sample catalogue first");
    }
    byte[] plain = Requests.get(gateway, "/ping");
    IntFunction<byte[]> page = i -> pages.get(ThreadLocalRandom.current().nextInt(pages.size()));
    Measured floor = new Measured();
    Measured platform = new Measured();
    WarmUp warmUp;
    try (HttpLoad load = new HttpLoad(gateway, options.connections)) {
      load.run(i -> plain, options.warmUp().dividedBy(2), new Measured());
      warmUp = options.warmUp((time, into) -> load.run(page, time, into));
      for (int round = 0; round < options.rounds; round++) {
        load.run(i -> plain, options.slice(), floor);
        load.run(page, options.slice(), platform);
      }
    }
    new Result("browse", platform, floor)
        .put("connections", options.connections)
        .put("warmUpSeconds", warmUp.seconds())
        .put("steady", warmUp.steady())
        .put("products", pages.size())
        .print(options.json);
    return 0;
  }
}
