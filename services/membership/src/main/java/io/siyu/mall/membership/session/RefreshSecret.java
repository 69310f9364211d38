package io.siyu.mall.membership.session;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** A refresh token in clear: 256 random bits. It goes to the member and is kept nowhere. */
public record RefreshSecret(String text) {

  /** The reason for everything that is no token of ours. */
  public static final String UNKNOWN = "REFRESH_TOKEN_INVALID";

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A new one. */
  public static RefreshSecret next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return new RefreshSecret(encode(bytes));
  }

  /**
   * One that came in a request.
   *
   * @throws DomainException UNAUTHENTICATED {@value #UNKNOWN} when it has not the form of one
   */
  public static RefreshSecret parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw unknown();
    }
    return new RefreshSecret(text);
  }

  /** The refusal of a token that was never given out. */
  public static DomainException unknown() {
    return new DomainException(
        Kind.UNAUTHENTICATED, UNKNOWN, "the refresh token is not valid; sign in again");
  }

  /** What is stored of it. With 256 random bits a plain hash cannot be guessed back. */
  public String hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return encode(sha256.digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "RefreshSecret";
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
