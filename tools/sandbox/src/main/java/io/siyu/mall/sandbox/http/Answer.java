package io.siyu.mall.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer: status, headers and body (empty for none). */
public record Answer(int status, Map<String, String> headers, byte[] body) {

  /** A JSON answer. */
  public static Answer json(int status, Object value) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.text(value).getBytes(StandardCharsets.UTF_8));
  }

  /** 200 with a JSON body. */
  public static Answer ok(Object value) {
    return json(200, value);
  }

  /** 204. */
  public static Answer noContent() {
    return new Answer(204, Map.of(), new byte[0]);
  }

  /** The same answer with more headers. */
  public Answer with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Answer(status, all, body);
  }

  /** The same status and headers around another body. */
  public Answer withBody(String text) {
    return new Answer(status, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
