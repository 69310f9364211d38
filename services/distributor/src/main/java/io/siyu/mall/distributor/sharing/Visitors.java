package io.siyu.mall.distributor.sharing;

import io.quarkus.runtime.Startup;
import io.siyu.mall.platform.time.SecurityTime;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Names visitors who are not known yet. A name is made here and goes out signed, with an end: one
 * that a client made up could be planted on somebody else, and what was opened under it would bind
 * them when they sign in. The token is {@code base64url(id ‖ expiry ‖ HMAC-SHA256/128)}, 48
 * characters; only the id is stored.
 */
@Startup
@Singleton
public class Visitors {

  private static final String HMAC = "HmacSHA256";
  private static final int ID_BYTES = 16;
  private static final int EXPIRY_BYTES = 4;
  private static final int SIGNED_BYTES = ID_BYTES + EXPIRY_BYTES;
  private static final int MAC_BYTES = 16;
  private static final int KEY_BYTES = 32;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final List<SecretKeySpec> keys;
  private final Duration validFor;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys base64 of at least 32 bytes each; the first one signs, all of them are believed, so
   *     that they can be changed
   * @param validFor how long a name is good after the last opening under it
   */
  Visitors(
      @ConfigProperty(name = "mall.visitors.keys") List<String> keys,
      @ConfigProperty(name = "mall.visitors.valid-for", defaultValue = "P30D") Duration validFor) {
    this.keys = keys.stream().map(Visitors::key).toList();
    if (this.keys.isEmpty()) {
      throw new IllegalArgumentException("mall.visitors.keys must name a key");
    }
    this.validFor = validFor;
  }

  private static SecretKeySpec key(String text) {
    byte[] key = Base64.getDecoder().decode(text.strip());
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException("mall.visitors.keys must be base64 of 32 bytes or more");
    }
    return new SecretKeySpec(key, HMAC);
  }

  /** The id of a visitor who is new. */
  String next() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return TEXT.encodeToString(id);
  }

  /** What the visitor's client keeps and shows again; good from now on. */
  String token(String id) {
    byte[] signed =
        ByteBuffer.allocate(SIGNED_BYTES)
            .put(Base64.getUrlDecoder().decode(id))
            .putInt((int) SecurityTime.now().plus(validFor).getEpochSecond())
            .array();
    return TEXT.encodeToString(
        ByteBuffer.allocate(SIGNED_BYTES + MAC_BYTES)
            .put(signed)
            .put(mac(keys.get(0), signed))
            .array());
  }

  /** The id in a token; empty if it is none of ours, was changed, or is too old. */
  Optional<String> read(String token) {
    byte[] all;
    try {
      all = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (all.length != SIGNED_BYTES + MAC_BYTES) {
      return Optional.empty();
    }
    byte[] signed = Arrays.copyOf(all, SIGNED_BYTES);
    byte[] mac = Arrays.copyOfRange(all, SIGNED_BYTES, all.length);
    long expiry = Integer.toUnsignedLong(ByteBuffer.wrap(signed, ID_BYTES, EXPIRY_BYTES).getInt());
    boolean ours = keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, signed), mac));
    return ours && SecurityTime.now().isBefore(Instant.ofEpochSecond(expiry))
        ? Optional.of(TEXT.encodeToString(Arrays.copyOf(signed, ID_BYTES)))
        : Optional.empty();
  }

  private static byte[] mac(SecretKeySpec key, byte[] signed) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return Arrays.copyOf(mac.doFinal(signed), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
