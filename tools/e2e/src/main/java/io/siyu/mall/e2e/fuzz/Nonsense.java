package io.siyu.mall.e2e.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Values that are almost, or not at all, what a schema asks for. */
final class Nonsense {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int DEEP = 6;
  private static final int DEEPEST = 900;
  private static final int LONGEST_TEXT = 210_000;

  /**
   * Of ten values, so many are as the schema wants them, so that requests also get past the door.
   */
  private static final int RIGHT_OF_TEN = 6;

  private final Random random;
  private final JsonNode document;
  private final Ids known;

  /**
   * @param known ids of things that exist, so that nonsense also reaches what is behind them
   */
  Nonsense(Random random, JsonNode document, Ids known) {
    this.random = random;
    this.document = document;
    this.known = known;
  }

  /** A string for a path, a query or a header. */
  String text() {
    return random.nextInt(3) == 0 ? known.any(random) : pick(Hostile.TEXTS);
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
      case "integer", "number" -> JSON.numberNode(number(schema));
      case "boolean" -> JSON.booleanNode(random.nextBoolean());
      default -> JSON.textNode(random.nextBoolean() ? known.any(random) : words(schema));
    };
  }

  /** Something in the middle, or at, just below and just above a bound. */
  private long number(JsonNode schema) {
    long edge = random.nextInt(3) - 1;
    return switch (random.nextInt(4)) {
      case 0 -> schema.path("minimum").asLong(0) + edge;
      case 1 -> schema.path("maximum").asLong(Integer.MAX_VALUE) + edge;
      default -> random.nextInt(100);
    };
  }

  private String words(JsonNode schema) {
    int edge = random.nextInt(3) - 1;
    return switch (random.nextInt(5)) {
      case 0 -> ofLength(schema.path("minLength").asInt(0) + edge);
      case 1 -> ofLength(Math.min(LONGEST_TEXT, schema.path("maxLength").asInt(60) + edge));
      case 2 -> pick(Hostile.TEXTS) + "一些文字";
      default -> "一些文字";
    };
  }

  private String ofLength(int length) {
    String unit = pick(Hostile.UNITS);
    return unit.repeat(Math.max(0, length / unit.length()));
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
    int most = schema.path("maxItems").asInt(200);
    int size = random.nextInt(20) == 0 ? most + random.nextInt(2) : random.nextInt(4);
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
      case 5 -> JSON.arrayNode().add(pick(Hostile.TEXTS));
      case 6 ->
          random.nextInt(30) == 0
              ? deep()
              : JSON.objectNode().put(pick(Hostile.TEXTS), pick(Hostile.TEXTS));
      default -> JSON.textNode(pick(Hostile.TEXTS));
    };
  }

  /** Nearly as deep as a reader follows at all. */
  private static JsonNode deep() {
    ArrayNode outside = JSON.arrayNode();
    ArrayNode inside = outside;
    for (int i = 0; i < DEEPEST; i++) {
      inside = inside.addArray();
    }
    return outside;
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
