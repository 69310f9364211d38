package io.siyu.mall.platform.personal;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Encrypts personal data at rest with AES-256-GCM and finds it again by a keyed hash. The stored
 * text is {@code keyId:base64(iv ‖ ciphertext ‖ tag)}, so that a new key can be made the active one
 * while old rows stay readable. It opens only in the {@link Cell} that it was made for. A column
 * needs about {@code 1.4 × bytes + 60} characters.
 */
@Singleton
public class PersonalCipher {

  private static final String TRANSFORMATION = "AES/GCM/NoPadding";
  private static final String HMAC = "HmacSHA256";
  private static final int IV_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKeySpec> keys = new HashMap<>();
  private final String activeKey;
  private final SecretKeySpec hashKey;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keys {@code keyId:base64} of 32 bytes each
   * @param activeKey the id of the key that encrypts
   * @param hashKey base64 of at least 32 bytes
   * @throws io.quarkus.runtime.configuration.ConfigurationException when one of them is missing or
   *     malformed
   */
  public PersonalCipher(
      @ConfigProperty(name = "mall.personal.keys") Optional<List<String>> keys,
      @ConfigProperty(name = "mall.personal.active-key") Optional<String> activeKey,
      @ConfigProperty(name = "mall.personal.hash-key") Optional<String> hashKey) {
    PersonalKeys read = PersonalKeys.read(keys, activeKey, hashKey);
    read.keys().forEach((id, key) -> this.keys.put(id, new SecretKeySpec(key, "AES")));
    this.activeKey = read.active();
    this.hashKey = new SecretKeySpec(read.hash(), HMAC);
  }

  /**
   * The text to store in that cell. Null stays null. Equal texts become different ones.
   *
   * @param cell where it will stand
   */
  public String encrypt(Cell cell, String plain) {
    Objects.requireNonNull(cell, "cell");
    if (plain == null) {
      return null;
    }
    byte[] iv = new byte[IV_BYTES];
    random.nextBytes(iv);
    byte[] sealed =
        crypt(Cipher.ENCRYPT_MODE, activeKey, cell, iv, plain.getBytes(StandardCharsets.UTF_8));
    byte[] stored = ByteBuffer.allocate(iv.length + sealed.length).put(iv).put(sealed).array();
    return activeKey + ":" + Base64.getEncoder().encodeToString(stored);
  }

  /**
   * The text that was encrypted. Null stays null.
   *
   * @param cell where it was found
   * @throws IllegalStateException when its key is not configured, the stored text was changed, or
   *     it was made for another cell
   */
  public String decrypt(Cell cell, String stored) {
    Objects.requireNonNull(cell, "cell");
    if (stored == null) {
      return null;
    }
    int colon = stored.indexOf(':');
    byte[] bytes = bytes(stored.substring(colon + 1));
    if (colon < 1 || bytes.length < IV_BYTES) {
      throw new IllegalStateException("a stored text is none of personal data");
    }
    byte[] iv = Arrays.copyOf(bytes, IV_BYTES);
    byte[] sealed = Arrays.copyOfRange(bytes, IV_BYTES, bytes.length);
    return new String(
        crypt(Cipher.DECRYPT_MODE, stored.substring(0, colon), cell, iv, sealed),
        StandardCharsets.UTF_8);
  }

  /** As {@link #decrypt(Cell, String)}. */
  public String decrypt(Sealed sealed) {
    return decrypt(sealed.cell(), sealed.text());
  }

  private static byte[] bytes(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  /**
   * A keyed hash to find a value by: 43 URL-safe characters, the same for the same value. Normalise
   * the value first (a phone to its digits). Null stays null.
   */
  public String hash(String value) {
    if (value == null) {
      return null;
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

  private byte[] crypt(int mode, String keyId, Cell cell, byte[] iv, byte[] input) {
    SecretKeySpec key = keys.get(keyId);
    if (key == null) {
      throw new IllegalStateException("no personal data key '" + keyId + "' is configured");
    }
    try {
      Cipher cipher = Cipher.getInstance(TRANSFORMATION);
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(cell.bytes(keyId));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("personal data cannot be encrypted or decrypted", e);
    }
  }
}
