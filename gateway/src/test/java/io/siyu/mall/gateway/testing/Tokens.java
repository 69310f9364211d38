package io.siyu.mall.gateway.testing;

import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tokens as the two issuers make them. */
public final class Tokens {

  private static final long LIFE_SECONDS = 300;

  private Tokens() {}

  /** A new member's. */
  public static String member() {
    return member(UUID.randomUUID().toString());
  }

  /** A member's. */
  public static String member(String id) {
    return member(id, "member-1", "member");
  }

  /** A new member's, signed with the issuer's second key. */
  public static String memberBySecondKey() {
    return member(UUID.randomUUID().toString(), "member-2", "retired");
  }

  private static String member(String id, String keyId, String key) {
    return Jwt.issuer(value("mall.identity.member.issuer"))
        .subject(id)
        .groups(Set.of("member"))
        .audience("mall")
        .expiresAt(Instant.now().plusSeconds(LIFE_SECONDS))
        .jws()
        .keyId(keyId)
        .sign(key(key));
  }

  /** A staff member's, with realm roles. */
  public static String staff(String... roles) {
    return staff(Instant.now().plusSeconds(LIFE_SECONDS), "mall", roles);
  }

  /** A staff member's, signed with the issuer's second key. */
  public static String staffBySecondKey(String... roles) {
    return staff(Instant.now().plusSeconds(LIFE_SECONDS), "mall", "staff-2", key("retired"), roles);
  }

  /** A staff member's that ended a minute ago. */
  public static String expiredStaff(String... roles) {
    return staff(Instant.now().minusSeconds(60), "mall", roles);
  }

  /** A staff member's that was made for somebody else. */
  public static String staffForAnotherAudience(String... roles) {
    return staff(Instant.now().plusSeconds(LIFE_SECONDS), "another", roles);
  }

  private static String staff(Instant expires, String audience, String... roles) {
    return staff(expires, audience, "staff-1", key("staff"), roles);
  }

  private static String staff(
      Instant expires, String audience, String keyId, PrivateKey key, String... roles) {
    return Jwt.issuer(value("mall.identity.staff.issuer"))
        .subject(UUID.randomUUID().toString())
        .claim("realm_access", Map.of("roles", List.of(roles)))
        .audience(audience)
        .issuedAt(expires.minusSeconds(LIFE_SECONDS))
        .expiresAt(expires)
        .jws()
        .keyId(keyId)
        .sign(key);
  }

  private static PrivateKey key(String issuer) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(
              new PKCS8EncodedKeySpec(
                  Base64.getDecoder().decode(value("test." + issuer + ".private"))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String value(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }
}
