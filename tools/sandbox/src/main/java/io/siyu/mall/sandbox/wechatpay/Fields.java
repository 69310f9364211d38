package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** A JSON object being checked field by field; refuses with PARAM_ERROR naming the field. */
final class Fields {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d+){3}|\\[::1]");

  private final String path;
  private final ObjectNode node;

  private Fields(String path, ObjectNode node) {
    this.path = path;
    this.node = node;
  }

  /** The request's body; must be a JSON object. */
  static Fields of(Request request) {
    try {
      JsonNode body = Json.MAPPER.readTree(request.text());
      if (body instanceof ObjectNode) {
        return new Fields("", (ObjectNode) body);
      }
    } catch (JsonProcessingException e) {
      // Refused below, as anything else that is no object.
    }
    throw new Refusal(400, "PARAM_ERROR", "请求体不是有效的JSON");
  }

  /** A checked object for its elements. */
  static Fields of(String path, JsonNode element) {
    if (element instanceof ObjectNode) {
      return new Fields(path + "/", (ObjectNode) element);
    }
    throw PayErrors.parameter(path, element, "应为对象");
  }

  ObjectNode node() {
    return node;
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Fields object(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return of(path + name, node.get(name));
  }

  /** A text of at least one and at most {@code max} characters. */
  String text(String name, int max) {
    if (!has(name)) {
      throw missing(name);
    }
    JsonNode value = node.get(name);
    if (!value.isTextual() || value.textValue().isEmpty() || value.textValue().length() > max) {
      throw wrong(name, "应为1至" + max + "个字符的字符串");
    }
    return value.textValue();
  }

  /** As {@link #text}, or null if it is absent. */
  String optionalText(String name, int max) {
    return has(name) ? text(name, max) : null;
  }

  String text(String name, Pattern allowed) {
    String value = text(name, 1024);
    if (!allowed.matcher(value).matches()) {
      throw wrong(name, "不符合规则 " + allowed);
    }
    return value;
  }

  long integer(String name, long min, long max) {
    if (!has(name)) {
      throw missing(name);
    }
    JsonNode value = node.get(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "应为整数");
    }
    if (value.longValue() < min || value.longValue() > max) {
      throw wrong(name, "应在" + min + "与" + max + "之间");
    }
    return value.longValue();
  }

  void equal(String name, String expected, String code, String message) {
    if (!text(name, 64).equals(expected)) {
      throw new Refusal(400, code, message);
    }
  }

  Instant optionalTime(String name) {
    if (!has(name)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text(name, 64)).toInstant();
    } catch (DateTimeParseException e) {
      throw wrong(name, "应为RFC 3339格式的时间");
    }
  }

  /**
   * An address for notifications: https, no query. Plain http is let through to this machine alone,
   * where nobody has a certificate.
   */
  String notifyUrl(String name) {
    String url = text(name, 255);
    try {
      URI uri = URI.create(url);
      boolean secure = "https".equals(uri.getScheme());
      boolean local =
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && LOOPBACK.matcher(uri.getHost()).matches();
      if ((secure || local) && uri.getHost() != null && uri.getQuery() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Refused below.
    }
    throw wrong(name, "必须为不带参数的https地址");
  }

  private Refusal missing(String name) {
    return PayErrors.parameter(path + name, null, "缺少必填参数");
  }

  Refusal wrong(String name, String issue) {
    return PayErrors.parameter(path + name, node.get(name), issue);
  }
}
