package io.siyu.mall.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.gateway.testing.Outside;
import io.siyu.mall.gateway.testing.Tokens;
import io.siyu.mall.proto.order.v1.Order;
import io.siyu.mall.proto.order.v1.OrderState;
import io.siyu.mall.proto.order.v1.OrdersGrpc;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nonsense made from the documents themselves: right addresses and field names, wrong everything
 * else. The services answer emptily, so a 5xx would be the gateway's own.
 */
@GatewayTest
class MalformedRequestsTest {

  private static final int REQUESTS = 1500;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "' OR 1=1 --",
          "\u0000",
          "💥",
          "\ud800",
          // Too long for any field; a few of them still fit into what HTTP/2 lets a request line
          // have.
          "x".repeat(1_200),
          "<script>",
          "../..",
          "2026-13-45",
          "NaN",
          "-1",
          "PT-1S",
          "null",
          "%00",
          "{}",
          "PAID");

  private final Random random = new Random(20261122);
  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"shop", "partner", "admin"})
  void nonsenseIsAProblemAndNeverAnError(String audience) throws Exception {
    Outside.services()
        .on(
            OrdersGrpc.getGetOrderMethod(),
            r -> Order.newBuilder().setState(OrderState.COMPLETED).build());
    JsonNode document = JSON.readTree(RestAssured.get("/" + audience + "/openapi").asString());
    List<Map.Entry<String, String>> operations = new ArrayList<>();
    document
        .path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(verb -> operations.add(Map.entry(path.getKey(), verb))));
    String token = audience.equals("admin") ? Tokens.staff("platform-admin") : Tokens.member();
    int refused = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Map.Entry<String, String> operation = operations.get(random.nextInt(operations.size()));
      HttpRequest request = request(document, operation.getKey(), operation.getValue(), token);
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      String what =
          request.method()
              + " "
              + request.uri()
              + " → "
              + answer.statusCode()
              + " "
              + answer.body();
      assertTrue(answer.statusCode() < 500, what);
      if (answer.statusCode() >= 400) {
        refused++;
        assertEquals(
            "application/problem+json",
            answer.headers().firstValue("Content-Type").orElse("").split(";")[0],
            what);
        assertTrue(
            JSON.readTree(answer.body()).path("reason").asText().matches("[A-Z][A-Z0-9_]*"), what);
      }
    }
    assertTrue(refused > REQUESTS / 3, refused + " were refused");
  }

  private HttpRequest request(JsonNode document, String path, String verb, String token)
      throws Exception {
    JsonNode operation = document.path("paths").path(path).path(verb);
    StringBuilder address = new StringBuilder(path.replaceAll("\\{[^}]*}", encoded(text())));
    char separator = '?';
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query") && random.nextInt(3) > 0) {
        address
            .append(separator)
            .append(parameter.path("name").asText())
            .append('=')
            .append(encoded(text()));
        separator = '&';
      }
    }
    String base = RestAssured.baseURI + ":" + RestAssured.port;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + address))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", random.nextInt(20) == 0 ? "text/csv" : "application/json")
            .header("If-Match", random.nextBoolean() ? "\"1\"" : "W/x");
    if (random.nextInt(10) > 0) {
      request.header("Idempotency-Key", "nonsense-" + random.nextInt(1000000));
    }
    return request
        .method(verb.toUpperCase(), HttpRequest.BodyPublishers.ofString(body(document, operation)))
        .build();
  }

  private String body(JsonNode document, JsonNode operation) throws Exception {
    if (random.nextInt(12) == 0) {
      return text();
    }
    JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
    String whole = JSON.writeValueAsString(value(document, schema, 0));
    return random.nextInt(15) == 0 ? whole.substring(0, whole.length() / 2) : whole;
  }

  /** Often what the schema says, often not. */
  private JsonNode value(JsonNode document, JsonNode schema, int depth) {
    JsonNode type =
        schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    if (random.nextInt(4) == 0 || depth > 4) {
      return nonsense();
    }
    switch (type.path("type").asText()) {
      case "object":
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        type.path("properties")
            .fields()
            .forEachRemaining(
                p -> {
                  if (random.nextInt(5) > 0) {
                    object.set(p.getKey(), value(document, p.getValue(), depth + 1));
                  }
                });
        return object;
      case "array":
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(value(document, type.path("items"), depth + 1));
        }
        return array;
      case "integer":
        return JsonNodeFactory.instance.numberNode(random.nextInt(2000) - 500);
      case "boolean":
        return JsonNodeFactory.instance.booleanNode(random.nextBoolean());
      default:
        JsonNode values = type.path("enum");
        return values.isEmpty()
            ? JsonNodeFactory.instance.textNode(text())
            : values.get(random.nextInt(values.size()));
    }
  }

  private JsonNode nonsense() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    List<JsonNode> all =
        List.of(
            json.nullNode(),
            json.booleanNode(true),
            json.numberNode(-1),
            json.numberNode(1.5),
            json.numberNode(Long.MAX_VALUE),
            json.numberNode(new java.math.BigInteger("99999999999999999999999")),
            json.numberNode(new java.math.BigDecimal("1e400")),
            json.arrayNode(),
            json.arrayNode().add(json.nullNode()),
            json.objectNode(),
            json.objectNode().put("x", 1),
            json.textNode(text()));
    return all.get(random.nextInt(all.size()));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static String encoded(String text) {
    String encoded = URLEncoder.encode(text.isEmpty() ? "x" : text, StandardCharsets.UTF_8);
    return encoded.replace("+", "%20");
  }
}
