package io.siyu.mall.membership.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;

/** The keys that sign the members' tokens: one is active, all of them are published. */
@Singleton
public class SigningKeys {

  private static final int MIN_BITS = 2048;
  private static final String PEM_BEGIN = "-----BEGIN";

  private final RsaJsonWebKey active;
  private final String published;

  /**
   * @throws IllegalArgumentException naming what is missing or wrong in the configuration, never
   *     the key
   */
  @Inject
  public SigningKeys(SessionConfig config) {
    List<RsaJsonWebKey> keys = new ArrayList<>();
    for (String entry : config.signingKeys().orElse(List.of())) {
      keys.add(read(entry.strip()));
    }
    String activeId = config.activeSigningKey().orElse("");
    this.active =
        keys.stream()
            .filter(key -> key.getKeyId().equals(activeId))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "mall.membership.active-signing-key '"
                            + activeId
                            + "' is not one of mall.membership.signing-keys"));
    this.published = new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /** The key that signs. */
  RsaJsonWebKey active() {
    return active;
  }

  /** The JSON Web Key Set of all public keys. */
  public String published() {
    return published;
  }

  private static RsaJsonWebKey read(String entry) {
    int colon = entry.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("mall.membership.signing-keys must be kid:path");
    }
    String keyId = entry.substring(0, colon).strip();
    try {
      RSAPrivateCrtKey secret = parse(pem(entry.substring(colon + 1).strip()));
      if (secret.getModulus().bitLength() < MIN_BITS) {
        throw new IllegalArgumentException("signing key " + keyId + " is shorter than 2048 bits");
      }
      var open =
          KeyFactory.getInstance("RSA")
              .generatePublic(
                  new RSAPublicKeySpec(secret.getModulus(), secret.getPublicExponent()));
      RsaJsonWebKey key = new RsaJsonWebKey((java.security.interfaces.RSAPublicKey) open);
      key.setPrivateKey(secret);
      key.setKeyId(keyId);
      key.setAlgorithm("RS256");
      key.setUse("sig");
      return key;
    } catch (IOException | GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException(
          "signing key " + keyId + " cannot be read as an RSA key in PKCS #8 PEM: " + e, e);
    }
  }

  private static String pem(String pemOrPath) throws IOException {
    return pemOrPath.startsWith(PEM_BEGIN) ? pemOrPath : Files.readString(Path.of(pemOrPath));
  }

  private static RSAPrivateCrtKey parse(String pem) throws GeneralSecurityException {
    String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    byte[] der;
    try {
      der = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("no PEM");
    }
    return (RSAPrivateCrtKey)
        KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
