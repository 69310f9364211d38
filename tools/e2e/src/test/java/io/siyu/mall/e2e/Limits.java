package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Values at the bounds that a document tells, and just beyond. */
final class Limits {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final AtomicInteger SERIAL = new AtomicInteger(4_096);

  private final JsonNode document;
  private final Given given;
  private final Set<String> left;
  private final Set<String> needed;

  /** How large a value is made. */
  enum Size {
    LARGEST,
    SMALLEST,
    /** Every field is there, once, and small. */
    ONE_OF_EACH
  }

  /** What no document can tell: ids of things that are there, codes that are valid. */
  interface Given {
    /** The value of a field, or null when any within the bounds will do. */
    JsonNode value(String schema, String field, Size size);
  }

  /**
   * A field that a client can send.
   *
   * @param path as violations name it
   * @param way names, and 0 for the first of a list
   */
  record Field(String path, List<Object> way, JsonNode schema, boolean required) {}

  /**
   * @param left fields, as {@code Schema.field}, that are not sent because others are
   * @param needed fields that are sent though the document calls them optional: one of several must
   *     be
   */
  Limits(JsonNode document, Given given, Set<String> left, Set<String> needed) {
    this.document = document;
    this.given = given;
    this.left = left;
    this.needed = needed;
  }

  JsonNode value(JsonNode schema, Size size) {
    return value(schema, "", "", size);
  }

  private JsonNode value(JsonNode reference, String owner, String field, Size size) {
    JsonNode known = given.value(owner, field, size);
    if (known != null) {
      return known;
    }
    JsonNode schema = resolve(reference);
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(0);
    }
    return switch (type(schema)) {
      case "object" -> object(schema, name(reference), size);
      case "array" -> array(schema, owner, field, size);
      case "integer" ->
          JSON.numberNode(schema.path(size == Size.LARGEST ? "maximum" : "minimum").asLong(1));
      case "boolean" -> JSON.booleanNode(size == Size.LARGEST);
      default -> JSON.textNode(text(schema, size));
    };
  }

  private JsonNode object(JsonNode schema, String name, Size size) {
    ObjectNode object = JSON.objectNode();
    Set<String> required = required(schema);
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            p -> {
              boolean optional =
                  size == Size.SMALLEST
                      && !required.contains(p.getKey())
                      && !needed.contains(name + "." + p.getKey());
              if (!optional && !left.contains(name + "." + p.getKey())) {
                object.set(p.getKey(), value(p.getValue(), name, p.getKey(), size));
              }
            });
    return object;
  }

  private JsonNode array(JsonNode schema, String owner, String field, Size size) {
    ArrayNode array = JSON.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int items =
        switch (size) {
          case LARGEST -> schema.path("maxItems").asInt(1);
          case SMALLEST -> least;
          case ONE_OF_EACH -> Math.max(1, least);
        };
    for (int i = 0; i < items; i++) {
      array.add(value(schema.path("items"), owner, field + "[]", size));
    }
    return array;
  }

  private static String text(JsonNode schema, Size size) {
    int most = schema.path("maxLength").asInt(0);
    int least = Math.max(1, schema.path("minLength").asInt(1));
    return text(
        schema, size == Size.LARGEST ? most : size == Size.SMALLEST ? least : Math.min(most, 30));
  }

  /** A text of so many characters, each time another one where there is room. */
  private static String text(JsonNode schema, int length) {
    String serial = Integer.toHexString(SERIAL.incrementAndGet());
    String pattern = schema.path("pattern").asText();
    return switch (schema.path("format").asText()) {
      case "date-time" -> "2035-0" + (1 + length % 2) + "-01T00:00:00Z";
      case "uri" -> filled("https://img.example/" + serial, "a", Math.max(length, 24));
      case "phone" -> "+86138" + (10_000_000 + SERIAL.incrementAndGet());
      case "code" -> filled("k" + serial, "9", length);
      case "token" -> pattern.contains("2[0-9]{3}") ? "2025-01" : filled("t" + serial, "9", length);
      default ->
          pattern.contains("https?")
              ? filled("https://a.example/" + serial, "a", Math.max(length, 24))
              : filled("🧸" + serial, "长", length);
    };
  }

  private static String filled(String start, String more, int length) {
    int[] points = (start + more.repeat(length)).codePoints().limit(length).toArray();
    return new String(points, 0, points.length);
  }

  /** Every field below the schema. */
  List<Field> fields(JsonNode schema) {
    List<Field> fields = new ArrayList<>();
    collect(schema, "", List.of(), true, fields);
    return fields;
  }

  private void collect(
      JsonNode reference, String path, List<Object> way, boolean required, List<Field> into) {
    JsonNode schema = resolve(reference);
    if (!path.isEmpty()) {
      into.add(new Field(path, way, schema, required));
    }
    if (type(schema).equals("array")) {
      collect(schema.path("items"), path + "[0]", plus(way, 0), false, into);
    }
    Set<String> needed = required(schema);
    schema
        .path("properties")
        .fields()
        .forEachRemaining(
            p ->
                collect(
                    p.getValue(),
                    path.isEmpty() ? p.getKey() : path + "." + p.getKey(),
                    plus(way, p.getKey()),
                    needed.contains(p.getKey()),
                    into));
  }

  /** What no field of the schema may hold: beyond its bounds, and what nobody can see. */
  List<JsonNode> beyond(Field field) {
    JsonNode schema = field.schema();
    List<JsonNode> values = new ArrayList<>();
    if (schema.has("maxLength")) {
      int most = schema.path("maxLength").asInt();
      values.add(JSON.textNode(filled(text(schema, most + 1), "9", most + 1)));
      values.add(JSON.textNode("a\u202Eb"));
      values.add(JSON.textNode("a\u0000b"));
      if (schema.path("format").asText().equals("uri")) {
        values.add(JSON.textNode("javascript:alert(1)"));
        values.add(JSON.textNode("https://img.example/\"><img onerror"));
      }
      if (field.required()) {
        values.add(JSON.textNode(" \u200B"));
      }
    }
    if (schema.has("maximum")) {
      values.add(JSON.numberNode(schema.path("maximum").asLong() + 1));
      values.add(JSON.numberNode(schema.path("minimum").asLong() - 1));
    }
    if (schema.has("maxItems") && schema.path("maxItems").asInt() <= 1_000) {
      ArrayNode array = JSON.arrayNode();
      for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
        array.add(value(schema.path("items"), "", "", Size.ONE_OF_EACH));
      }
      values.add(array);
    }
    return values;
  }

  /** The body with another value at the field. */
  static JsonNode with(JsonNode body, List<Object> way, JsonNode value) {
    if (way.isEmpty()) {
      return value;
    }
    JsonNode copy = body == null || body.isMissingNode() ? null : body.deepCopy();
    List<Object> rest = way.subList(1, way.size());
    if (way.get(0) instanceof String name) {
      ObjectNode object = copy instanceof ObjectNode o ? o : JSON.objectNode();
      object.set(name, with(object.path(name), rest, value));
      return object;
    }
    ArrayNode array = copy instanceof ArrayNode a ? a : JSON.arrayNode();
    JsonNode item = with(array.path(0), rest, value);
    if (array.isEmpty()) {
      array.add(item);
    } else {
      array.set(0, item);
    }
    return array;
  }

  private static List<Object> plus(List<Object> way, Object step) {
    List<Object> longer = new ArrayList<>(way);
    longer.add(step);
    return longer;
  }

  private static Set<String> required(JsonNode schema) {
    Set<String> names = new TreeSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  private JsonNode resolve(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  private static String name(JsonNode schema) {
    String reference = schema.path("$ref").asText("");
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? type.get(0).asText()
        : type.asText(schema.has("properties") ? "object" : "string");
  }
}
