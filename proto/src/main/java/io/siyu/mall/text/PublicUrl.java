package io.siyu.mall.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An address that others' devices will open or show as a picture: https, a host by name, nobody's
 * password, and no character that could end an attribute or a line. What is beyond ASCII in path
 * and query is percent-encoded.
 */
public final class PublicUrl {

  /** No address is longer. */
  public static final int MAX = 2_048;

  private static final String SCHEME = "https";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_HOST = 253;
  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern HOST =
      Pattern.compile("(?:" + LABEL + "\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final String FORBIDDEN = "\"'<>\\^`{|}";

  private PublicUrl() {}

  /** The address in its normal form; empty when there is none and {@code min} is 0. */
  public static Reading read(String raw, int min, int max) {
    Reading far = Reading.farTooLong(raw, min, max);
    if (far != null) {
      return far;
    }
    // As URI writes it: some letters are a forbidden character once they are composed.
    String composed = Normalizer.normalize(raw, Normalizer.Form.NFC);
    int[] points = DisplayText.trimmed(composed.codePoints().toArray());
    if (points.length == 0) {
      return Reading.within(raw, "", min, max);
    }
    for (int point : points) {
      if (Glyphs.isUnfit(point)
          || Glyphs.isInvisible(point)
          || Glyphs.isSpace(point)
          || FORBIDDEN.indexOf(point) >= 0) {
        String name = String.format("U+%04X", point);
        return Reading.refused(
            raw,
            "must be an https address without the character " + name,
            "应为 https:// 开头的网址，且不含引号、空格一类的字符（" + name + "）");
      }
    }
    return parsed(raw, new String(points, 0, points.length), min, max);
  }

  /** The address when it is one; empty otherwise. For what other systems send. */
  public static String cleaned(String raw) {
    Reading reading = read(raw, 0, MAX);
    return reading.ok() ? reading.value() : "";
  }

  private static Reading parsed(String raw, String text, int min, int max) {
    URI uri;
    try {
      uri = new URI(text).parseServerAuthority();
    } catch (URISyntaxException e) {
      return refused(raw);
    }
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      return refused(raw);
    }
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null
        || host.length() > MAX_HOST
        || !HOST.matcher(host).matches()
        || uri.getPort() == 0
        || uri.getPort() > MAX_PORT) {
      return refused(raw);
    }
    String rest = text.substring(text.indexOf("//") + 2);
    String after = rest.substring(uri.getRawAuthority().length());
    String port = uri.getPort() < 0 || uri.getPort() == 443 ? "" : ":" + uri.getPort();
    String normal = URI.create(SCHEME + "://" + host + port + after).toASCIIString();
    return Reading.within(raw, normal, min, max);
  }

  private static Reading refused(String raw) {
    return Reading.refused(
        raw,
        "must be an https address with a host's name and nobody's login",
        "应为 https:// 开头、带域名的网址");
  }
}
