package io.siyu.mall.platform.test;

import io.siyu.mall.platform.identity.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/**
 * Bearer tokens for tests, as Keycloak and the membership service make them, signed with a key of
 * this JVM that {@link MallDatabase} makes the service believe in.
 */
public final class TestTokens {

  public static final String STAFF_ISSUER = "https://test/realms/mall";
  public static final String MEMBER_ISSUER = "https://siyu-mall/members";
  public static final String AUDIENCE = "mall";

  // Test resources and tests live in different class loaders; the JVM's properties are common.
  private static final String KEY_PROPERTY = "mall.test.signing-key";

  private TestTokens() {}

  /** A member's token. */
  public static String member(UUID memberId) {
    return sign(claims(MEMBER_ISSUER, memberId.toString()));
  }

  /** The token of a member whom others go on as. */
  public static String member(UUID memberId, UUID... merged) {
    JwtClaims claims = claims(MEMBER_ISSUER, memberId.toString());
    claims.setStringListClaim("merged", Arrays.stream(merged).map(UUID::toString).toList());
    return sign(claims);
  }

  /** A staff member's token with one role. */
  public static String staff(Role role, String... brandCodes) {
    return staff(List.of(role), brandCodes);
  }

  /** A staff member's token. */
  public static String staff(Collection<Role> roles, String... brandCodes) {
    JwtClaims claims = claims(STAFF_ISSUER, UUID.randomUUID().toString());
    claims.setClaim("realm_access", Map.of("roles", roles.stream().map(Role::claim).toList()));
    claims.setStringListClaim("brand_ids", Arrays.asList(brandCodes));
    return sign(claims);
  }

  /** The client credentials of a service. */
  public static String service(String name) {
    JwtClaims claims = claims(STAFF_ISSUER, "service-account-" + name);
    claims.setStringClaim("azp", name);
    claims.setClaim("realm_access", Map.of("roles", List.of(Role.SERVICE.claim())));
    return sign(claims);
  }

  /** Claims of a token that would be accepted, to be spoilt by a test. */
  public static JwtClaims claims(String issuer, String subject) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setSubject(subject);
    claims.setAudience(AUDIENCE);
    claims.setGeneratedJwtId();
    claims.setIssuedAtToNow();
    NumericDate expiry = NumericDate.now();
    expiry.addSeconds(Duration.ofMinutes(30).toSeconds());
    claims.setExpirationTime(expiry);
    return claims;
  }

  /** The claims as a token, signed with the key that the service believes in. */
  public static String sign(JwtClaims claims) {
    return sign(claims, key());
  }

  /** The claims as a token, signed with RS256 by any key. */
  public static String sign(JwtClaims claims, RsaJsonWebKey key) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims.toJson());
    jws.setKey(key.getPrivateKey());
    jws.setKeyIdHeaderValue(key.getKeyId());
    jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key that nobody believes in. */
  public static RsaJsonWebKey newKey(String keyId) {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
      key.setKeyId(keyId);
      key.setUse("sig");
      return key;
    } catch (JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public keys as both issuers publish them in tests. */
  public static String jwks() {
    return new JsonWebKeySet(key()).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  private static RsaJsonWebKey key() {
    synchronized (System.getProperties()) {
      try {
        String json = System.getProperty(KEY_PROPERTY);
        if (json == null) {
          json = newKey("test").toJson(OutputControlLevel.INCLUDE_PRIVATE);
          System.setProperty(KEY_PROPERTY, json);
        }
        return (RsaJsonWebKey) RsaJsonWebKey.Factory.newPublicJwk(json);
      } catch (JoseException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
