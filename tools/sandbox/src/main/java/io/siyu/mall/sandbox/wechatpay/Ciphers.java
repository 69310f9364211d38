package io.siyu.mall.sandbox.wechatpay;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** How notifications (AES-256-GCM) and sensitive fields (RSA-OAEP with SHA-1) are encrypted. */
final class Ciphers {
  private static final String SENSITIVE = "RSA/ECB/OAEPWithSHA-1AndMGF1Padding";
  private static final int TAG_BITS = 128;

  private Ciphers() {}

  /**
   * A notification's resource.
   *
   * @param nonce 12 ASCII characters
   * @return ciphertext and tag in Base64
   */
  static String resource(String apiV3Key, String nonce, String associatedData, String plain) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(apiV3Key.getBytes(StandardCharsets.US_ASCII), "AES"),
          new GCMParameterSpec(TAG_BITS, nonce.getBytes(StandardCharsets.US_ASCII)));
      cipher.updateAAD(associatedData.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @throws GeneralSecurityException if it was not encrypted for this key
   */
  static String decryptField(PrivateKey key, String base64) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(SENSITIVE);
    cipher.init(Cipher.DECRYPT_MODE, key);
    try {
      return new String(cipher.doFinal(Base64.getDecoder().decode(base64)), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("not Base64", e);
    }
  }

  static String encryptField(PublicKey key, String plain) {
    try {
      Cipher cipher = Cipher.getInstance(SENSITIVE);
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
