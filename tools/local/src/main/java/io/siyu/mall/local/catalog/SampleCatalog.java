package io.siyu.mall.local.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Platform;
import io.siyu.mall.local.Progress;
import io.siyu.mall.local.http.Http;
import io.siyu.mall.local.http.Http.Answer;
import io.siyu.mall.local.http.StaffToken;
import io.siyu.mall.local.process.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts the sample brands and goods in, through the gateway, as a platform administrator would. The
 * same catalogue is imported once.
 */
public final class SampleCatalog {

  private static final String GOODS = "/sample-catalog.csv";
  private static final String BRANDS = "/sample-brands.csv";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Platform platform;
  private final String goods = resource(GOODS);
  private final String brands = resource(BRANDS);
  private final Path done;

  private SampleCatalog(Platform platform) {
    this.platform = platform;
    this.done = platform.options().layout().state().resolve("sample-catalog.imported");
  }

  /**
   * Imports the catalogue unless this version of it was imported before.
   *
   * @throws LocalException if the gateway refuses it
   */
  public static void importInto(Platform platform, Progress progress) {
    SampleCatalog catalog = new SampleCatalog(platform);
    if (catalog.isImported()) {
      return;
    }
    long begin = System.nanoTime();
    String result = catalog.run();
    progress.done("sample goods", result, Duration.ofNanos(System.nanoTime() - begin));
  }

  private boolean isImported() {
    try {
      return Files.exists(done) && Files.readString(done).equals(digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String run() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Authorization", StaffToken.bearer(platform.endpoints().keycloak(), "platform-admin"));
    createBrands(headers);
    JsonNode job = finish(start(headers), headers);
    if (!"SUCCEEDED".equals(job.path("state").asText())) {
      throw new LocalException("The sample catalogue was not taken as it is: " + job);
    }
    remember();
    return job.path("productsCreated").asLong()
        + " products and "
        + job.path("skusCreated").asLong()
        + " SKUs imported";
  }

  private void createBrands(Map<String, String> headers) {
    List<String> lines = brands.lines().filter(line -> !line.isBlank()).toList();
    List<String> columns = List.of(lines.get(0).split(","));
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = List.of(line.split(",", -1));
      ObjectNode brand = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < columns.size(); i++) {
        brand.put(columns.get(i), values.get(i));
      }
      Answer answer = Http.post(api("/brands"), keyed(headers, "sample-brand-" + line), brand);
      if (!answer.ok() && answer.status() != 409) {
        throw refused("brand " + values.get(0), answer);
      }
    }
  }

  private JsonNode start(Map<String, String> headers) {
    Answer answer =
        Http.upload(
            api("/catalog-imports"),
            keyed(headers, "sample-goods-" + digest()),
            Map.of(),
            "sample-catalog.csv",
            goods.getBytes(StandardCharsets.UTF_8));
    if (!answer.ok()) {
      throw refused("sample catalogue", answer);
    }
    return answer.body();
  }

  private JsonNode finish(JsonNode started, Map<String, String> headers) {
    long end = System.nanoTime() + LIMIT.toNanos();
    String job = api("/catalog-imports/" + started.path("importId").asText());
    JsonNode current = started;
    while (List.of("RECEIVING", "RUNNING").contains(current.path("state").asText())) {
      if (System.nanoTime() > end) {
        throw new LocalException("The import of the sample catalogue does not end: " + current);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      Answer answer = Http.get(job, headers);
      if (!answer.ok()) {
        throw refused("look at the import", answer);
      }
      current = answer.body();
    }
    return current;
  }

  private void remember() {
    try {
      Files.writeString(done, digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String digest() {
    return Launch.digest(brands + goods);
  }

  private String api(String path) {
    return platform.endpoints().gateway() + "/admin/v1" + path;
  }

  private static Map<String, String> keyed(Map<String, String> headers, String key) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("Idempotency-Key", Launch.digest(key).substring(0, 32));
    return more;
  }

  private static LocalException refused(String what, Answer answer) {
    return new LocalException(
        "The gateway refuses the " + what + " (" + answer.status() + "): " + answer.body());
  }

  private static String resource(String name) {
    try (InputStream in = SampleCatalog.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
