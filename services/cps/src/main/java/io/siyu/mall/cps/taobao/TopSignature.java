package io.siyu.mall.cps.taobao;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * TOP's signature: the parameters by name in ASCII order, names and values strung together; {@code
 * md5} puts the secret around them, {@code hmac} is HMAC-MD5 under the secret. Upper-case
 * hexadecimal.
 */
final class TopSignature {

  static final String HMAC = "hmac";
  static final String MD5 = "md5";

  private TopSignature() {}

  /**
   * @param method {@code hmac} or {@code md5}
   * @param parameters all but {@code sign}; empty values are not signed
   */
  static String of(String method, Map<String, String> parameters, String secret) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) -> {
              if (!value.isEmpty()) {
                text.append(name).append(value);
              }
            });
    try {
      return HexFormat.of().withUpperCase().formatHex(digest(method, text.toString(), secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] digest(String method, String text, String secret)
      throws GeneralSecurityException {
    return switch (method) {
      case HMAC -> {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(utf8(secret), "HmacMD5"));
        yield mac.doFinal(utf8(text));
      }
      case MD5 -> MessageDigest.getInstance("MD5").digest(utf8(secret + text + secret));
      default -> throw new IllegalArgumentException("no such signature: " + method);
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
