package io.siyu.mall.sandbox;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** RSA keys as PEM text. */
final class Pem {
  private Pem() {}

  static String write(String kind, Key key) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    return "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
  }

  /**
   * @param pemOrPath a PKCS #8 PEM, or the path of one
   */
  static PrivateKey privateKey(String pemOrPath) {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der(pemOrPath)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a PKCS #8 RSA private key in PEM", e);
    }
  }

  /**
   * @param pemOrPath an X.509 public key PEM, or the path of one
   */
  static PublicKey publicKey(String pemOrPath) {
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der(pemOrPath)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA public key in PEM", e);
    }
  }

  /** The public half of a private key. */
  static PublicKey publicOf(PrivateKey key) {
    if (!(key instanceof RSAPrivateCrtKey)) {
      throw new IllegalArgumentException("the private key does not hold its public exponent");
    }
    RSAPrivateCrtKey crt = (RSAPrivateCrtKey) key;
    BigInteger exponent = crt.getPublicExponent();
    try {
      return KeyFactory.getInstance("RSA")
          .generatePublic(new RSAPublicKeySpec(crt.getModulus(), exponent));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] der(String pemOrPath) {
    String pem = pemOrPath;
    if (!pem.contains("-----BEGIN")) {
      try {
        pem = Files.readString(Path.of(pemOrPath), StandardCharsets.US_ASCII);
      } catch (IOException e) {
        throw new IllegalArgumentException("no key at " + pemOrPath, e);
      }
    }
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }
}
