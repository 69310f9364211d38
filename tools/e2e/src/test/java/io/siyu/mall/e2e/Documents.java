package io.siyu.mall.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** The operations of the three documents, as a client reads them. */
final class Documents {

  private static final List<String> AUDIENCES = List.of("shop", "partner", "admin");

  private Documents() {}

  /**
   * One operation.
   *
   * @param name method and path, as tests speak of it
   * @param parameters those of path and query
   * @param body the schema of the JSON body; missing when there is none
   * @param document where its references point into
   */
  record Operation(
      String name,
      String method,
      String path,
      List<String> roles,
      List<JsonNode> parameters,
      JsonNode body,
      JsonNode document) {

    boolean needs(String header) {
      return parameters.stream().anyMatch(p -> p.path("name").asText().equals(header));
    }

    List<JsonNode> parameters(String in) {
      return parameters.stream().filter(p -> p.path("in").asText().equals(in)).toList();
    }
  }

  static List<Operation> read(Api anonymous) {
    List<Operation> operations = new ArrayList<>();
    for (String audience : AUDIENCES) {
      JsonNode document = anonymous.get("/" + audience + "/openapi").ok();
      document
          .path("paths")
          .fields()
          .forEachRemaining(
              path ->
                  path.getValue()
                      .fields()
                      .forEachRemaining(
                          o ->
                              operations.add(
                                  read(document, path.getKey(), o.getKey(), o.getValue()))));
    }
    return operations;
  }

  private static Operation read(JsonNode document, String path, String verb, JsonNode node) {
    String method = verb.toUpperCase(Locale.ROOT);
    return new Operation(
        method + " " + path,
        method,
        path,
        strings(node.path("x-roles")),
        StreamSupport.stream(node.path("parameters").spliterator(), false).toList(),
        node.path("requestBody").path("content").path("application/json").path("schema"),
        document);
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
