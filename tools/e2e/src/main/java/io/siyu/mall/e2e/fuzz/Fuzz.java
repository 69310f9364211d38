package io.siyu.mall.e2e.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.siyu.mall.e2e.Addresses;
import io.siyu.mall.e2e.Market;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Requests made from the three OpenAPI documents, mostly wrong, by every kind of caller: none may
 * be answered with a server error or a glimpse of the inside, and every refusal is a problem
 * document with a reason.
 */
public final class Fuzz {
  /** A reconciliation reads all there is, and waits for the one before it. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final List<String> AUDIENCES = List.of("shop", "partner", "admin");

  /** Moving the clock is for operators; nonsense that happens to be right would age everything. */
  private static final String CLOCK = "/admin/v1/clock";

  /** A stream that stays open as long as nobody hangs up. */
  private static final String STREAM = "/events";

  private static final Pattern INSIDE =
      Pattern.compile(
          "\\tat |Exception|io\\.siyu|io\\.quarkus|org\\.hibernate|SQLSTATE|You have an error in your SQL");
  private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter ESCAPED = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Addresses addresses;
  private final Consumer<String> narrator;
  private final Ids known;
  private int requests;
  private int serverErrors;
  private int leaks;

  /**
   * @param addresses of a running platform
   * @param meddling whether to use ids that the platform tells: reaches further in, and may change
   *     what others work with
   * @param narrator told about every finding
   */
  public Fuzz(Addresses addresses, boolean meddling, Consumer<String> narrator) {
    this.addresses = addresses;
    this.known = new Ids(meddling);
    this.narrator = narrator;
  }

  /**
   * What came of it.
   *
   * @param ok no finding
   * @param requests sent
   * @param serverErrors answers of 500 and above, and connections that broke
   * @param leaks answers that show the inside, and refusals that are no problem document
   */
  public record Result(boolean ok, int requests, int serverErrors, int leaks) {}

  /**
   * {@code --requests N} per audience, {@code --seed S}.
   *
   * @param args see above; 300 requests without
   */
  public static void main(String[] args) throws JsonProcessingException {
    Map<String, Long> options = new HashMap<>(Map.of("--requests", 300L));
    options.put("--seed", System.nanoTime());
    for (int i = 0; i + 1 < args.length; i++) {
      if (options.containsKey(args[i])) {
        options.put(args[i], Long.parseLong(args[i + 1]));
      }
    }
    Consumer<String> narrator = System.out::println;
    narrator.accept("seed " + options.get("--seed"));
    Result result =
        new Fuzz(Addresses.fromSystemProperties(), true, narrator)
            .run(options.get("--requests").intValue(), options.get("--seed"));
    narrator.accept(JSON.writeValueAsString(result));
    System.exit(result.ok() ? 0 : 1);
  }

  /** Sends that many requests to each audience. */
  public Result run(int perAudience, long seed) {
    List<String> tokens = new ArrayList<>(Market.open(addresses, 10).tokens());
    tokens.add(null);
    tokens.add("not.a.token");
    for (String audience : AUDIENCES) {
      JsonNode document = document(audience);
      List<Operation> operations = operations(document);
      Random random = new Random(seed + audience.hashCode());
      Nonsense nonsense = new Nonsense(random, document, known);
      for (int i = 0; i < perAudience; i++) {
        Operation operation = operations.get(random.nextInt(operations.size()));
        send(operation, tokens.get(random.nextInt(tokens.size())), nonsense, random);
      }
    }
    return new Result(serverErrors == 0 && leaks == 0, requests, serverErrors, leaks);
  }

  private record Operation(String method, String path, JsonNode parameters, JsonNode body) {}

  private JsonNode document(String audience) {
    HttpRequest request =
        HttpRequest.newBuilder(addresses.gateway().resolve("/" + audience + "/openapi?format=json"))
            .build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException("no OpenAPI document of " + audience, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        operation -> {
                          if (path.getKey().startsWith(CLOCK) || path.getKey().endsWith(STREAM)) {
                            return;
                          }
                          operations.add(
                              new Operation(
                                  operation.getKey().toUpperCase(java.util.Locale.ROOT),
                                  path.getKey(),
                                  operation.getValue().path("parameters"),
                                  operation
                                      .getValue()
                                      .path("requestBody")
                                      .path("content")
                                      .path("application/json")
                                      .path("schema")));
                        }));
    return operations;
  }

  private void send(Operation operation, String token, Nonsense nonsense, Random random) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(operation, nonsense, random)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (random.nextInt(20) == 0) {
      request.header("X-Forwarded-For", "203.0.113." + random.nextInt(300) + ", ::1, nonsense");
    }
    if (random.nextInt(10) != 0) {
      request.header("Idempotency-Key", "fuzz-" + Long.toHexString(random.nextLong()));
    }
    if (random.nextBoolean()) {
      request.header("If-Match", random.nextBoolean() ? "\"1\"" : "nonsense");
    }
    if (operation.body().isMissingNode()) {
      request.method(operation.method(), HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", random.nextInt(20) == 0 ? "text/plain" : "application/json");
      request.method(
          operation.method(),
          HttpRequest.BodyPublishers.ofByteArray(body(operation, nonsense, random)));
    }
    judge(operation, request.build());
  }

  private URI address(Operation operation, Nonsense nonsense, Random random) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.parameters()) {
      String name = parameter.path("name").asText();
      if (parameter.path("in").asText().equals("path")) {
        String text = nonsense.text();
        path = path.replace("{" + name + "}", encode(text.isBlank() ? "x" : text));
      } else if (parameter.path("in").asText().equals("query") && random.nextBoolean()) {
        query.append(query.isEmpty() ? '?' : '&').append(encode(name)).append('=');
        query.append(encode(nonsense.text()));
      }
    }
    return addresses.gateway().resolve(odd(path, random) + query);
  }

  /** The same address as some layer might read it. */
  private static String odd(String path, Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> path + "/";
      case 1 -> path + ";a=1";
      case 2 -> path.replace("/v1/", "//v1/");
      case 3 -> path.replace("/v1/", "/%761/");
      case 4 -> path.replace("/v1/", "/v1/./");
      case 5 -> path + "%2f..";
      default -> path;
    };
  }

  private static byte[] body(Operation operation, Nonsense nonsense, Random random) {
    JsonNode value = nonsense.value(operation.body());
    // Half of them escaped: only so does half a surrogate pair arrive.
    String right = random.nextBoolean() ? value.toString() : escaped(value);
    byte[] bytes = right.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(40)) {
      case 0, 1, 2 -> Arrays.copyOf(bytes, Math.max(1, bytes.length / 2));
      case 3 -> ("\uFEFF" + right).getBytes(StandardCharsets.UTF_8);
      case 4 -> right.getBytes(StandardCharsets.UTF_16);
      case 5 -> right.replaceFirst("\\d+", "1E5000000").getBytes(StandardCharsets.UTF_8);
      case 6 -> (right + right).getBytes(StandardCharsets.UTF_8);
      case 7 -> right.replaceFirst("\\{", "{\"a\":1,\"a\":2,").getBytes(StandardCharsets.UTF_8);
      default -> bytes;
    };
  }

  private static String escaped(JsonNode value) {
    try {
      return ESCAPED.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("JSON of our own cannot be written", e);
    }
  }

  private void judge(Operation operation, HttpRequest request) {
    requests++;
    String what = operation.method() + " " + operation.path();
    try {
      HttpResponse<String> answer =
          http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() >= 500) {
        serverErrors++;
        narrator.accept(what + " answered " + answer.statusCode() + ": " + answer.body());
      } else if (INSIDE.matcher(answer.body()).find()) {
        leaks++;
        narrator.accept(what + " shows the inside: " + answer.body());
      } else if (answer.statusCode() >= 400 && !isProblem(answer)) {
        leaks++;
        narrator.accept(
            what + " answered " + answer.statusCode() + " without a problem: " + answer.body());
      } else if (answer.statusCode() < 300) {
        learn(answer);
      }
    } catch (IOException e) {
      serverErrors++;
      narrator.accept(what + " broke the connection: " + e + " " + request.uri());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void learn(HttpResponse<String> answer) {
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (type.startsWith("application/json")) {
      try {
        known.learn(JSON.readTree(answer.body()));
      } catch (JsonProcessingException e) {
        leaks++;
        narrator.accept("an answer that is called JSON is none: " + answer.body());
      }
    }
  }

  private static boolean isProblem(HttpResponse<String> answer) {
    boolean typed =
        answer
            .headers()
            .firstValue("Content-Type")
            .orElse("")
            .startsWith("application/problem+json");
    try {
      return typed
          && REASON.matcher(JSON.readTree(answer.body()).path("reason").asText()).matches();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
