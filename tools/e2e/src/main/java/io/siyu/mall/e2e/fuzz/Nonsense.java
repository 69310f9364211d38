package io.siyu.mall.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Values that are almost, or not at all, what a schema asks for. */
final class Nonsense {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEP = 6;
  private static final int LONG = 5_000;

  /**
   * Of ten values, so many are as the schema wants them, so that requests also get past the door.
   */
  private static final int RIGHT_OF_TEN = 6;

  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "9999999999999999999999",
          "1e309",
          "NaN",
          "true",
          "' OR '1'='1",
          "\"; DROP TABLE orders; --",
          "<script>alert(1)</script>",
          "../../../../etc/passwd",
          "${jndi:ldap://localhost/a}",
          "%00",
          "\u0000",
          "\uD800",
          "\u202Eabc",
          "🧸".repeat(40),
          "零".repeat(300),
          "a".repeat(LONG),
          "2026-13-45T99:99:99Z",
          "P1000000000Y",
          "00000000-0000-0000-0000-000000000000",
          "not-a-uuid",
          "[]",
          "{}");

  private final Random random;
  private final JsonNode document;

  Nonsense(Random random, JsonNode document) {
    this.random = random;
    this.document = document;
  }

  /** A string for a path, a query or a header. */
  String text() {
    return random.nextInt(3) == 0 ? UUID.randomUUID().toString() : pick(HOSTILE);
  }

  /** A JSON value for a schema. */
  JsonNode value(JsonNode schema) {
    return value(schema, 0);
  }

  private JsonNode value(JsonNode given, int depth) {
    JsonNode schema = resolve(given);
    if (depth > DEEP || random.nextInt(10) >= RIGHT_OF_TEN) {
      return anything();
    }
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    return switch (type(schema)) {
      case "object" -> object(schema, depth);
      case "array" -> array(schema, depth);
      case "integer", "number" -> JSON.numberNode(random.nextInt(100));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(random.nextBoolean() ? UUID.randomUUID().toString() : "一些文字");
    };
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.objectNode();
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            property -> {
              if (random.nextInt(8) != 0) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
              }
            });
    if (random.nextInt(8) == 0) {
      object.set("unknown-" + random.nextInt(9), anything());
    }
    return object;
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode array = JSON.arrayNode();
    int size = random.nextInt(20) == 0 ? 200 : random.nextInt(4);
    for (int i = 0; i < size; i++) {
      array.add(value(schema.path("items"), depth + 1));
    }
    return array;
  }

  private JsonNode anything() {
    return switch (random.nextInt(9)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.numberNode(Long.MIN_VALUE);
      case 2 -> JSON.numberNode(Long.MAX_VALUE);
      case 3 -> JSON.numberNode(random.nextDouble() * 1e20);
      case 4 -> JSON.booleanNode(random.nextBoolean());
      case 5 -> JSON.arrayNode().add(pick(HOSTILE));
      case 6 -> JSON.objectNode().put(pick(HOSTILE), pick(HOSTILE));
      default -> JSON.textNode(pick(HOSTILE));
    };
  }

  private JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.startsWith("#") ? document.at(reference.substring(1)) : schema;
  }

  /** OpenAPI 3.1 writes a nullable type as a list. */
  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.get(0).asText()
        : type.asText(schema.has("properties") ? "object" : "string");
  }

  private String pick(List<String> values) {
    return values.get(random.nextInt(values.size()));
  }
}
