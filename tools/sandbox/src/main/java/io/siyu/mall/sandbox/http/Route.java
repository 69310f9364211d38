package io.siyu.mall.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * One operation of one platform.
 *
 * @param template a path whose {@code {name}} segments match anything
 * @param operation the name under which the control API makes it misbehave, or null if it never
 *     does
 */
public record Route(
    String method, String template, String operation, Protocol protocol, Handler handler) {

  /** Answers an admitted request, or throws a {@link Refusal}. */
  public interface Handler {
    Answer answer(Request request);
  }

  /** The values of the template's segments if the path matches, else null. */
  public Map<String, String> match(String path) {
    String[] wanted = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (wanted.length != given.length) {
      return null;
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.length; i++) {
      String segment = wanted[i];
      if (segment.startsWith("{")) {
        variables.put(segment.substring(1, segment.length() - 1), decode(given[i]));
      } else if (!segment.equals(given[i])) {
        return null;
      }
    }
    return variables;
  }

  private static String decode(String segment) {
    // A plus is itself in a path; URLDecoder is made for forms.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
