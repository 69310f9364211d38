package io.siyu.mall.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of the whole document that one audience needs: its paths, what they refer to, and
 * nothing of the others. Schemas lose the audience's name in front ({@code ShopOrder} becomes
 * {@code Order}).
 */
final class AudienceDocument {

  private static final String SCHEMAS = "#/components/schemas/";
  private static final Pattern NAME = Pattern.compile("(Page)?(?:Shop|Partner|Admin)([A-Z]\\w*)");

  private static final Pattern NUMBERED = Pattern.compile("([A-Z][A-Za-z]*)[0-9]+");

  private final ObjectNode whole;
  private final Set<String> schemas = new TreeSet<>();
  private final Set<String> responses = new TreeSet<>();

  AudienceDocument(JsonNode whole) {
    this.whole = whole.deepCopy();
  }

  /**
   * Cuts the part out.
   *
   * @param prefix of the audience's paths, for example {@code /shop/v1/}
   * @param scheme the one security scheme of the audience
   */
  ObjectNode cut(String prefix, String title, String scheme) {
    ObjectNode paths = JsonNodeFactory.instance.objectNode();
    whole
        .path("paths")
        .fields()
        .forEachRemaining(
            path -> {
              if (path.getKey().startsWith(prefix)) {
                paths.set(path.getKey(), path.getValue());
              }
            });
    reach(paths);
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("openapi", whole.path("openapi"));
    ObjectNode info = document.putObject("info");
    info.put("title", title);
    info.put("version", whole.path("info").path("version").asText());
    document.set("tags", tags(paths));
    document.set("paths", rename(paths));
    ObjectNode components = document.putObject("components");
    components.set("schemas", kept("schemas", schemas, true));
    components.set("responses", kept("responses", responses, false));
    components
        .putObject("securitySchemes")
        .set(scheme, whole.path("components").path("securitySchemes").path(scheme));
    return document;
  }

  /** Follows every reference from the paths on. */
  private void reach(JsonNode start) {
    Deque<JsonNode> open = new ArrayDeque<>();
    open.add(start);
    while (!open.isEmpty()) {
      JsonNode node = open.poll();
      JsonNode ref = node.get("$ref");
      if (ref != null && ref.isTextual()) {
        String[] parts = ref.asText().split("/");
        String kind = parts[parts.length - 2];
        String name = parts[parts.length - 1];
        if ((kind.equals("schemas") ? schemas : responses).add(name)) {
          open.add(whole.path("components").path(kind).path(name));
        }
      }
      node.forEach(open::add);
    }
  }

  private ObjectNode kept(String kind, Set<String> names, boolean renamed) {
    Map<String, JsonNode> kept = new TreeMap<>();
    for (String name : names) {
      JsonNode value = whole.path("components").path(kind).path(name);
      kept.put(renamed ? shortName(name) : name, rename(value));
    }
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.setAll(kept);
    return node;
  }

  private static ArrayNode tags(JsonNode paths) {
    Set<String> names = new TreeSet<>();
    paths.forEach(
        item -> item.forEach(o -> o.path("tags").forEach(tag -> names.add(tag.asText()))));
    ArrayNode tags = JsonNodeFactory.instance.arrayNode();
    names.forEach(name -> tags.addObject().put("name", name));
    return tags;
  }

  private JsonNode rename(JsonNode node) {
    if (node instanceof ObjectNode object) {
      JsonNode ref = object.get("$ref");
      JsonNode operation = object.get("operationId");
      if (operation != null && operation.isTextual()) {
        // Unique in the whole document by its class, which is nobody's business; in an audience by
        // itself.
        String id = operation.asText();
        object.put("operationId", id.substring(id.lastIndexOf('_') + 1));
      }
      if (ref != null && ref.asText().startsWith(SCHEMAS)) {
        object.set(
            "$ref",
            TextNode.valueOf(SCHEMAS + shortName(ref.asText().substring(SCHEMAS.length()))));
      }
    }
    node.forEach(this::rename);
    return node;
  }

  private String shortName(String name) {
    Matcher match = NAME.matcher(name);
    if (match.matches()) {
      return match.group(1) == null ? match.group(2) : match.group(2) + "Page";
    }
    // Types of the same name in two audiences are numbered in the whole document.
    Matcher numbered = NUMBERED.matcher(name);
    return numbered.matches() && !schemas.contains(numbered.group(1)) ? numbered.group(1) : name;
  }
}
