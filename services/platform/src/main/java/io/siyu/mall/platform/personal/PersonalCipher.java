package io.siyu.mall.platform.personal;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts personal data at rest with AES-256-GCM and finds it again by a keyed hash. The stored
 * text is {@code keyId:base64(iv ‖ ciphertext ‖ tag)}, so that a new key can be made the active one
 * while old rows stay readable. A column needs about {@code 1.4 × bytes + 60} characters.
 */
@Singleton
public class PersonalCipher {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final String HMAC = "HmacSHA256";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final Map<String, SecretKeySpec> keys = new HashMap<>();
  private final String activeKey;
  private final SecretKeySpec hashKey;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys {@code keyId:base64} of 32 bytes each
   * @param activeKey the id of the key that encrypts
   * @param hashKey base64 of at least 32 bytes
   */
  public PersonalCipher(
      @ConfigProperty(name = "mall.personal.keys") Optional<List<String>> keys,
      @ConfigProperty(name = "mall.personal.active-key") Optional<String> activeKey,
      @ConfigProperty(name = "mall.personal.hash-key") Optional<String> hashKey) {
    for (String entry : keys.orElse(List.of())) {
      int colon = entry.indexOf(':');
      byte[] key = Base64.getDecoder().decode(entry.substring(colon + 1).strip());
      if (colon < 1 || key.length != KEY_BYTES) {
        throw new IllegalArgumentException("mall.personal.keys must be keyId:base64 of 32 bytes");
      }
      this.keys.put(entry.substring(0, colon).strip(), new SecretKeySpec(key, "AES"));
    }
    this.activeKey = activeKey.orElse("");
    this.hashKey =
        hashKey.map(k -> new SecretKeySpec(Base64.getDecoder().decode(k), HMAC)).orElse(null);
  }

  /** The text to store. Null stays null. Equal texts become different ones. */
  public String encrypt(String plain) {
    if (plain == null) {
      return null;
    }
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, activeKey, iv, plain.getBytes(StandardCharsets.UTF_8));
    byte[] stored = ByteBuffer.allocate(iv.length + sealed.length).put(iv).put(sealed).array();
    return activeKey + ":" + Base64.getEncoder().encodeToString(stored);
  }

  /**
   * The text that was encrypted. Null stays null.
   *
   * @throws IllegalStateException when its key is not configured or the stored text was changed
   */
  public String decrypt(String stored) {
    if (stored == null) {
      return null;
    }
    int colon = stored.indexOf(':');
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(stored.substring(colon + 1)));
    byte[] iv = new byte[IV_BYTES];
    bytes.get(iv);
    byte[] sealed = new byte[bytes.remaining()];
    bytes.get(sealed);
    return new String(
        crypt(Cipher.DECRYPT_MODE, stored.substring(0, colon), iv, sealed), StandardCharsets.UTF_8);
  }

  /**
   * A keyed hash to find a value by: 43 URL-safe characters, the same for the same value. Normalise
   * the value first (a phone to its digits). Null stays null.
   */
  public String hash(String value) {
    if (value == null) {
      return null;
    }
    if (hashKey == null) {
      throw new IllegalStateException("mall.personal.hash-key is not configured");
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(hashKey);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot hash personal data", e);
    }
  }

  private byte[] crypt(int mode, String keyId, byte[] iv, byte[] input) {
    SecretKeySpec key = keys.get(keyId);
    if (key == null) {
      throw new IllegalStateException("no personal data key '" + keyId + "' is configured");
    }
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(keyId.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("personal data cannot be encrypted or decrypted", e);
    }
  }
}
