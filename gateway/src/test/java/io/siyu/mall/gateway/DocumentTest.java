package io.siyu.mall.gateway;

import static io.restassured.RestAssured.get;
import static io.siyu.mall.gateway.testing.Api.problem;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.siyu.mall.gateway.testing.GatewayTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The three documents: complete enough to generate a client from, and nothing of another audience.
 */
@GatewayTest
class DocumentTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource(value = "/", management = true)
  URL management;

  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");

  /** One operation of a document. */
  private record Operation(String verb, String path, JsonNode node) {
    boolean has(String header) {
      for (JsonNode parameter : node.path("parameters")) {
        if (parameter.path("name").asText().equals(header)) {
          return parameter.path("required").asBoolean();
        }
      }
      return false;
    }
  }

  private static JsonNode document(String audience) throws IOException {
    String text = get("/" + audience + "/openapi").then().statusCode(200).extract().asString();
    Path copy = Path.of("target", "openapi", audience + ".json");
    Files.createDirectories(copy.getParent());
    Files.writeString(copy, text);
    return JSON.readTree(text);
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
                        o -> {
                          if (VERBS.contains(o.getKey())) {
                            operations.add(new Operation(o.getKey(), path.getKey(), o.getValue()));
                          }
                        }));
    return operations;
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "partner", "admin"})
  void everyOperationCanBeGenerated(String audience) throws IOException {
    JsonNode document = document(audience);
    List<Operation> operations = operations(document);
    assertTrue(operations.size() > 10);
    Set<String> ids = new HashSet<>();
    for (Operation operation : operations) {
      String name = operation.verb() + " " + operation.path();
      assertTrue(operation.path().startsWith("/" + audience + "/v1/"), name);
      assertTrue(
          operation.node().path("operationId").asText().matches("[a-z][A-Za-z]+"),
          name + " " + operation.node().path("operationId"));
      assertTrue(ids.add(operation.node().path("operationId").asText()), name + " is not unique");
      assertFalse(operation.node().path("summary").asText().isEmpty(), name);
      assertTrue(operation.node().path("responses").has("default"), name);
      operation
          .node()
          .path("responses")
          .fields()
          .forEachRemaining(
              r ->
                  assertTrue(
                      r.getKey().equals("204")
                          || r.getKey().equals("default")
                          || r.getValue().path("content").size() == 1,
                      name + " says what it answers"));
    }
    assertReferencesResolve(document);
    assertTrue(document.path("components").path("securitySchemes").size() == 1);
  }

  private static void assertReferencesResolve(JsonNode document) {
    for (JsonNode ref : document.findValues("$ref")) {
      String pointer = ref.asText().substring(1);
      assertFalse(document.at(pointer).isMissingNode(), pointer);
    }
  }

  /** What a client may send is said: how long, how much, how many, or which. */
  @ParameterizedTest
  @ValueSource(strings = {"shop", "partner", "admin"})
  void everyFieldThatIsSentSaysItsBounds(String audience) throws IOException {
    JsonNode document = document(audience);
    Set<String> silent = new TreeSet<>();
    for (Operation operation : operations(document)) {
      String name = operation.verb() + " " + operation.path();
      operation
          .node()
          .path("parameters")
          .forEach(
              p -> {
                if (p.path("in").asText().equals("query")) {
                  bounds(document, p.path("schema"), name + " ?" + p.path("name").asText(), silent);
                }
              });
      bounds(
          document,
          operation
              .node()
              .path("requestBody")
              .path("content")
              .path("application/json")
              .path("schema"),
          name,
          silent);
    }
    assertEquals(Set.of(), silent);
  }

  private static void bounds(JsonNode document, JsonNode given, String name, Set<String> silent) {
    JsonNode schema =
        given.has("$ref") ? document.at(given.path("$ref").asText().substring(1)) : given;
    String type = schema.path("type").asText();
    boolean said =
        switch (type) {
          case "string" ->
              schema.has("enum")
                  || schema.has("maxLength")
                  || schema.path("format").asText().matches("date|date-time|duration");
          case "integer" -> schema.has("minimum") && schema.has("maximum");
          case "array" -> schema.has("maxItems");
          default -> true;
        };
    if (!said) {
      silent.add(name);
    }
    if (type.equals("array")) {
      bounds(document, schema.path("items"), name + "[]", silent);
    }
    schema
        .path("properties")
        .fields()
        .forEachRemaining(p -> bounds(document, p.getValue(), name + " " + p.getKey(), silent));
  }

  @Test
  void aShopperLearnsNothingOfTheOthers() throws IOException {
    JsonNode schemas = document("shop").path("components").path("schemas");
    Set<String> words = new TreeSet<>();
    schemas.fieldNames().forEachRemaining(words::add);
    schemas.forEach(schema -> schema.path("properties").fieldNames().forEachRemaining(words::add));
    for (String word : words) {
      assertFalse(
          word.matches("(?i).*(commission|attribution|upline|supplied|memberid2|lastError).*"),
          word);
    }
  }

  @Test
  void keysTagsAndRequiredFieldsAreDocumented() throws IOException {
    Map<String, JsonNode> documents =
        Map.of(
            "shop", document("shop"), "admin", document("admin"), "partner", document("partner"));
    Set<String> withoutKey = new TreeSet<>();
    documents
        .values()
        .forEach(
            d ->
                operations(d).stream()
                    .filter(o -> o.verb().equals("post") && !o.has("Idempotency-Key"))
                    .forEach(o -> withoutKey.add(o.path())));
    assertEquals(
        Set.of(
            "/shop/v1/checkouts",
            "/shop/v1/sessions",
            "/shop/v1/sessions/refresh",
            "/shop/v1/touches",
            "/shop/v1/trades/{tradeId}/payments/sync"),
        withoutKey);
    JsonNode order = documents.get("shop").at("/components/schemas/Order");
    List<String> required = new ArrayList<>();
    order.path("required").forEach(r -> required.add(r.asText()));
    assertTrue(
        required.containsAll(List.of("orderId", "state", "lines", "payableFen")), "" + required);
    assertFalse(required.contains("paidAt"));
    JsonNode trade = documents.get("shop").at("/paths/~1shop~1v1~1trades/post");
    assertEquals(
        "#/components/schemas/Trade",
        trade.at("/responses/201/content/application~1json/schema/$ref").asText());
    assertEquals("member", trade.path("security").get(0).fieldNames().next());
    assertTrue(
        documents
            .get("admin")
            .at("/paths/~1admin~1v1~1attribution-policy/put/x-roles")
            .toString()
            .contains("platform-admin"));
    for (String path : List.of("/admin/v1/brands/{brandId}", "/admin/v1/products/{productId}")) {
      assertTrue(
          operations(documents.get("admin")).stream()
              .filter(o -> o.path().equals(path) && o.verb().equals("put"))
              .allMatch(o -> o.has("If-Match")),
          path);
    }
  }

  @Test
  void theClockIsNotInTheDocumentOfProduction() throws IOException {
    assertTrue(document("admin").path("paths").path("/admin/v1/clock").isMissingNode());
  }

  @Test
  void theDocumentsCanBeTriedOutByOperators() {
    String page = get(forOperators("/q/swagger-ui/")).then().statusCode(200).extract().asString();
    for (String audience : List.of("shop", "partner", "admin")) {
      assertTrue(page.contains("/" + audience + "/openapi"), audience);
      get(forOperators("/" + audience + "/openapi"))
          .then()
          .statusCode(200)
          .body("servers[0].url", equalTo("http://localhost:8080"));
      get("/" + audience + "/openapi").then().statusCode(200).body("servers", nullValue());
    }
  }

  private String forOperators(String path) {
    return "http://localhost:" + management.getPort() + path;
  }

  @Test
  void whatIsForOperatorsIsNotForCallers() {
    for (String path : List.of("health/ready", "health/live", "metrics", "openapi")) {
      get(forOperators("/q/" + path)).then().statusCode(200);
    }
    for (String path :
        List.of("health", "health/ready", "metrics", "openapi", "swagger-ui/", "dev-ui", "")) {
      problem(get("/q/" + path).then(), 404, "PATH_UNKNOWN");
    }
  }
}
