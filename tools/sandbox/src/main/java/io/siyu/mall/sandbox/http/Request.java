package io.siyu.mall.sandbox.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * One request as it came in.
 *
 * @param target path and query exactly as sent: what a signature covers
 * @param variables the values of the route's {@code {name}} segments
 * @param headers by lower-case name, the first value of each
 */
public record Request(
    String method,
    String target,
    Map<String, String> query,
    Map<String, String> variables,
    Map<String, String> headers,
    byte[] body) {

  /** The body as UTF-8 text, empty if there is none. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The header's first value, or null. */
  public String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  /** The value of a segment of the route. */
  public String variable(String name) {
    return variables.get(name);
  }

  /** The query parameter, or null. */
  public String parameter(String name) {
    return query.get(name);
  }
}
