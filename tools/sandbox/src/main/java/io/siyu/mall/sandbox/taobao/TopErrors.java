package io.siyu.mall.sandbox.taobao;

import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import java.util.Map;
import java.util.UUID;

/**
 * TOP's {@code error_response}: a number of the gateway, and a sub-code that begins with {@code
 * isv.} (our fault) or {@code isp.} (theirs). They come with HTTP status 200.
 */
final class TopErrors implements Protocol {

  private static final Map<String, String> GATEWAY =
      Map.ofEntries(
          Map.entry("7", "App Call Limited"),
          Map.entry("15", "Remote service error"),
          Map.entry("21", "Missing Method"),
          Map.entry("22", "Invalid Method"),
          Map.entry("24", "Missing Signature"),
          Map.entry("25", "Invalid Signature"),
          Map.entry("27", "Invalid Session"),
          Map.entry("28", "Missing App Key"),
          Map.entry("29", "Invalid App Key"),
          Map.entry("30", "Missing Timestamp"),
          Map.entry("31", "Invalid Timestamp"),
          Map.entry("33", "Invalid Version"),
          Map.entry("34", "Unsupported Version"),
          Map.entry("40", "Missing Required Arguments"),
          Map.entry("41", "Invalid Arguments"));

  /** An error that the gateway itself finds. */
  static Refusal gateway(int number, String more) {
    String text = GATEWAY.get(Integer.toString(number));
    return new Refusal(200, Integer.toString(number), more.isEmpty() ? text : text + ":" + more);
  }

  /** Too many calls. */
  static Refusal limited() {
    return new Refusal(
        200,
        "7",
        "App Call Limited",
        Json.object(
            "sub_code", "isp.call-limited", "sub_msg", "This ban will last for 1 more seconds"));
  }

  /** An argument that the interface does not take. */
  static Refusal argument(String message) {
    return new Refusal(
        200,
        "15",
        "Remote service error",
        Json.object("sub_code", "isv.invalid-parameter", "sub_msg", message));
  }

  @Override
  public Answer refusal(Refusal refusal) {
    boolean known = GATEWAY.containsKey(refusal.code());
    var error =
        Json.object(
            "code",
            known ? Integer.parseInt(refusal.code()) : 15,
            "msg",
            known ? refusal.getMessage() : "Remote service error");
    if (refusal.detail() != null) {
      error.setAll((com.fasterxml.jackson.databind.node.ObjectNode) refusal.detail());
    } else if (!known) {
      String sub = refusal.code().startsWith("is") ? refusal.code() : "isp.system-error";
      error.put("sub_code", sub).put("sub_msg", refusal.getMessage());
    }
    error.put("request_id", UUID.randomUUID().toString().substring(0, 12));
    return Answer.json(refusal.status(), Json.object("error_response", error));
  }
}
