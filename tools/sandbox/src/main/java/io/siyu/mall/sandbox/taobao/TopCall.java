package io.siyu.mall.sandbox.taobao;

import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.platform.TaobaoAccount;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One admitted call: its parameters from query and form, rightly signed and on time. */
final class TopCall {
  static final ZoneId ZONE = ZoneId.of("GMT+8");
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Duration TOLERANCE = Duration.ofMinutes(10);

  private final Map<String, String> parameters;

  private TopCall(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * Reads and checks a call.
   *
   * @throws Refusal as the gateway words it
   */
  static TopCall of(Request request, TaobaoAccount account, Instant now) {
    Map<String, String> all = new TreeMap<>(request.query());
    for (String pair : request.text().split("&")) {
      int at = pair.indexOf('=');
      if (at > 0) {
        all.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
      }
    }
    TopCall call = new TopCall(all);
    call.gateway("method", 21);
    if (!account.appKey().equals(call.gateway("app_key", 28))) {
      throw TopErrors.gateway(29, "");
    }
    if (!"2.0".equals(all.get("v"))) {
      throw TopErrors.gateway(34, "");
    }
    if (!"json".equals(all.get("format"))) {
      throw TopErrors.gateway(41, "format: the sandbox answers json");
    }
    call.checkTime(now);
    if (!call.signature(account.appSecret()).equals(call.gateway("sign", 24))) {
      throw TopErrors.gateway(25, "");
    }
    return call;
  }

  String method() {
    return parameters.get("method");
  }

  /** The value, or null. */
  String get(String name) {
    String value = parameters.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * @throws Refusal if it is missing
   */
  String need(String name) {
    String value = get(name);
    if (value == null) {
      throw TopErrors.gateway(40, name);
    }
    return value;
  }

  /**
   * @throws Refusal if it is no number or outside of the bounds
   */
  long number(String name, long otherwise, long min, long max) {
    String value = get(name);
    try {
      long number = value == null ? otherwise : Long.parseLong(value);
      if (number < min || number > max) {
        throw TopErrors.argument(name + " must be " + min + " to " + max);
      }
      return number;
    } catch (NumberFormatException e) {
      throw TopErrors.gateway(41, name);
    }
  }

  /**
   * @throws Refusal if it is missing or no time
   */
  Instant time(String name) {
    return time(name, need(name));
  }

  static Instant time(String name, String value) {
    try {
      return LocalDateTime.parse(value, TIME).atZone(ZONE).toInstant();
    } catch (DateTimeException e) {
      throw TopErrors.gateway(41, name);
    }
  }

  static String text(Instant time) {
    return time == null ? null : TIME.format(time.atZone(ZONE));
  }

  private String gateway(String name, int missing) {
    String value = get(name);
    if (value == null) {
      throw TopErrors.gateway(missing, "");
    }
    return value;
  }

  private void checkTime(Instant now) {
    Instant sent;
    try {
      sent = LocalDateTime.parse(gateway("timestamp", 30), TIME).atZone(ZONE).toInstant();
    } catch (DateTimeException e) {
      throw TopErrors.gateway(31, "");
    }
    if (Duration.between(sent, now).abs().compareTo(TOLERANCE) > 0) {
      throw TopErrors.gateway(31, "");
    }
  }

  private String signature(String secret) {
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          if (!name.equals("sign") && !name.isEmpty() && !value.isEmpty()) {
            text.append(name).append(value);
          }
        });
    try {
      byte[] digest;
      if ("hmac".equals(parameters.get("sign_method"))) {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
        digest = mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8));
      } else {
        digest =
            MessageDigest.getInstance("MD5")
                .digest((secret + text + secret).getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String decode(String value) {
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
