package io.siyu.mall.gateway.error;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;

/**
 * The reasons that the gateway itself gives, and the Chinese text of those (its own and the
 * services') that people meet often, from {@code reasons.properties}.
 */
public final class Reasons {

  public static final String INTERNAL = "INTERNAL";
  public static final String INVALID_ARGUMENT = "INVALID_ARGUMENT";
  public static final String INVALID_PARAMETER = "INVALID_PARAMETER";
  public static final String MALFORMED_JSON = "MALFORMED_JSON";
  public static final String MALFORMED_REQUEST = "MALFORMED_REQUEST";
  public static final String IDEMPOTENCY_KEY_REQUIRED = "IDEMPOTENCY_KEY_REQUIRED";
  public static final String IDEMPOTENCY_KEY_INVALID = "IDEMPOTENCY_KEY_INVALID";
  public static final String IF_MATCH_REQUIRED = "IF_MATCH_REQUIRED";
  public static final String IF_MATCH_INVALID = "IF_MATCH_INVALID";
  public static final String UNAUTHENTICATED = "UNAUTHENTICATED";
  public static final String PERMISSION_DENIED = "PERMISSION_DENIED";
  public static final String NOT_FOUND = "NOT_FOUND";
  public static final String PATH_UNKNOWN = "PATH_UNKNOWN";
  public static final String METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED";
  public static final String NOT_ACCEPTABLE = "NOT_ACCEPTABLE";
  public static final String UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE";
  public static final String BODY_TOO_LARGE = "BODY_TOO_LARGE";
  public static final String URI_TOO_LONG = "URI_TOO_LONG";
  public static final String RATE_LIMITED = "RATE_LIMITED";
  public static final String TOO_MANY_STREAMS = "TOO_MANY_STREAMS";
  public static final String UPSTREAM_UNAVAILABLE = "UPSTREAM_UNAVAILABLE";
  public static final String UPSTREAM_TIMEOUT = "UPSTREAM_TIMEOUT";
  public static final String NOT_AVAILABLE = "NOT_AVAILABLE";
  public static final String STALE_VERSION = "STALE_VERSION";
  public static final String FILE_REQUIRED = "FILE_REQUIRED";
  public static final String FILE_TOO_LARGE = "FILE_TOO_LARGE";
  public static final String UPLOAD_BROKEN_OFF = "UPLOAD_BROKEN_OFF";

  private static final Properties TEXTS = load();

  private Reasons() {}

  /** The Chinese text of a reason, if there is one. */
  public static Optional<String> text(String reason) {
    return Optional.ofNullable(TEXTS.getProperty(reason));
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (InputStream in = Reasons.class.getResourceAsStream("/reasons.properties")) {
      texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("reasons.properties cannot be read", e);
    }
    return texts;
  }
}
