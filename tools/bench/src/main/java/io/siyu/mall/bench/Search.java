package io.siyu.mall.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches through the gateway, of the catalogue that is there, against plain text. */
@Command(name = "search", description = "Searches per second, against plain text.")
final class Search implements Callable<Integer> {

  private static final int LONGEST_WORD = 4;

  /** Sizes of pages: with many queries each, hardly one is asked for again while it is cached. */
  private static final int SMALLEST_PAGE = 10;

  private static final int LARGEST_PAGE = 30;

  @Mixin private Options options;

  @Override
  public Integer call() throws IOException {
    URI gateway = Options.gateway();
    Set<String> titles = new LinkedHashSet<>();
    for (JsonNode product :
        new Api(gateway, null).get("/shop/v1/products?pageSize=100").path("items")) {
      titles.add(product.path("title").asText());
    }
    List<String> words = words(titles);
    if (words.isEmpty()) {
      throw new IOException("there are no products; import the sample catalogue first");
    }
    byte[] plain = Requests.get(gateway, "/ping");
    IntFunction<byte[]> search = i -> search(gateway, words);
    Measured floor = new Measured();
    Measured platform = new Measured();
    WarmUp warmUp;
    try (HttpLoad load = new HttpLoad(gateway, options.connections)) {
      load.run(i -> plain, options.warmUp().dividedBy(2), new Measured());
      warmUp = options.warmUp((time, into) -> load.run(search, time, into));
      for (int round = 0; round < options.rounds; round++) {
        load.run(i -> plain, options.slice(), floor);
        load.run(search, options.slice(), platform);
      }
    }
    new Result("search", platform, floor)
        .put("connections", options.connections)
        .put("warmUpSeconds", warmUp.seconds())
        .put("steady", warmUp.steady())
        .put("queries", words.size())
        .print(options.json);
    return 0;
  }

  /** One word or two, as they stand in titles. */
  private static byte[] search(URI gateway, List<String> words) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    String query = words.get(random.nextInt(words.size()));
    if (random.nextBoolean()) {
      query += " " + words.get(random.nextInt(words.size()));
    }
    int size = random.nextInt(SMALLEST_PAGE, LARGEST_PAGE + 1);
    return Requests.get(
        gateway,
        "/shop/v1/products?pageSize="
            + size
            + "&q="
            + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /** What people may type of some titles: one to four characters that stand together in one. */
  static List<String> words(Set<String> titles) {
    Set<String> words = new LinkedHashSet<>();
    for (String title : titles) {
      for (String part : title.split("\\s+")) {
        int[] points = part.codePoints().toArray();
        for (int from = 0; from < points.length; from++) {
          for (int size = 1; size <= Math.min(LONGEST_WORD, points.length - from); size++) {
            words.add(new String(points, from, size));
          }
        }
      }
    }
    return new ArrayList<>(words);
  }
}
