package io.siyu.mall.membership.rpc;

import static io.siyu.mall.membership.rpc.Calls.members;
import static io.siyu.mall.membership.rpc.Calls.refused;
import static io.siyu.mall.membership.rpc.Calls.signIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.siyu.mall.membership.MembershipEnvironment;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.session.AccessTokens;
import io.siyu.mall.membership.session.SessionConfig;
import io.siyu.mall.membership.session.SessionId;
import io.siyu.mall.membership.session.SigningKeys;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestClock;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.Session;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
@QuarkusTestResource(MembershipEnvironment.class)
class TokensRpcTest {

  private static final GetMeRequest ME = GetMeRequest.getDefaultInstance();

  @Inject SessionConfig config;
  @Inject TestClock clock;

  @AfterEach
  void now() {
    clock.reset();
  }

  @Test
  void everybodyCanVerifyATokenWithThePublishedKeys() throws Exception {
    Session session = signIn();
    String jwks = RestAssured.get("/jwks").then().statusCode(200).extract().asString();
    JsonWebKeySet keys = new JsonWebKeySet(jwks);
    assertEquals(2, keys.getJsonWebKeys().size());
    for (String secretPart : List.of("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"qi\"")) {
      assertFalse(jwks.contains(secretPart), secretPart);
    }
    JwtClaims claims =
        new JwtConsumerBuilder()
            .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
            .setExpectedIssuer("https://siyu-mall/members")
            .setExpectedAudience("mall")
            .setRequireExpirationTime()
            .build()
            .processToClaims(session.getAccessToken());
    assertEquals(session.getMember().getMemberId(), claims.getSubject());
    assertEquals(List.of("member"), claims.getStringListClaimValue("groups"));
    assertEquals(900, claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue());
    JsonWebSignature jws = new JsonWebSignature();
    jws.setCompactSerialization(session.getAccessToken());
    assertEquals(MembershipEnvironment.ACTIVE_KEY, jws.getKeyIdHeaderValue());
    assertEquals("RS256", jws.getAlgorithmHeaderValue());
  }

  @Test
  void aTokenOfTheKeyBeforeStaysGood() {
    Session session = signIn();
    AccessTokens before = tokens(MembershipEnvironment.OLD_KEY);
    String token =
        before.issue(
            MemberId.parse("member_id", session.getMember().getMemberId()),
            List.of(),
            SessionId.next(),
            Instant.now());
    assertEquals(session.getMember(), members(token).getMe(ME));
  }

  @Test
  void tokenTimesAreRealWhateverTheBusinessClockSays() {
    clock.advance(Duration.ofDays(400));
    Session session = signIn();
    members(session).getMe(ME);
    clock.reset();
    members(session).getMe(ME);
    AccessTokens tokens = tokens(MembershipEnvironment.ACTIVE_KEY);
    String old =
        tokens.issue(
            MemberId.next(), List.of(), SessionId.next(), Instant.now().minusSeconds(1_000));
    refused("TOKEN_EXPIRED", () -> members(old).getMe(ME));
  }

  @Test
  void forgedTokensOpenNothing() throws Exception {
    Session victim = signIn();
    String[] parts = victim.getAccessToken().split("\\.");
    String otherClaims =
        base64(
            new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace(victim.getMember().getMemberId(), UUID.randomUUID().toString()));
    forged(parts[0] + "." + otherClaims + "." + parts[2]);
    forged(base64("{\"alg\":\"none\",\"kid\":\"m2\"}") + "." + parts[1] + ".");
    forged(parts[0] + "." + parts[1] + ".");

    JwtClaims claims =
        TestTokens.claims(TestTokens.MEMBER_ISSUER, victim.getMember().getMemberId());
    forged(TestTokens.sign(claims, TestTokens.newKey(MembershipEnvironment.ACTIVE_KEY)));

    JsonWebSignature symmetric = new JsonWebSignature();
    symmetric.setPayload(claims.toJson());
    symmetric.setKeyIdHeaderValue(MembershipEnvironment.ACTIVE_KEY);
    symmetric.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    symmetric.setKey(
        new HmacKey(RestAssured.get("/jwks").asString().getBytes(StandardCharsets.UTF_8)));
    forged(symmetric.getCompactSerialization());
  }

  @Test
  void wrongKeysAreSaidAtTheStart() {
    assertTrue(keysFailure(Optional.empty(), "m1").contains("active-signing-key"));
    assertTrue(keysFailure(Optional.of(List.of("no-colon")), "m1").contains("kid:path"));
    assertTrue(keysFailure(Optional.of(List.of("m1:/nowhere.pem")), "m1").contains("m1"));
    String failure =
        keysFailure(
            Optional.of(
                List.of("m1:-----BEGIN PRIVATE KEY----- c2VjcmV0 -----END PRIVATE KEY-----")),
            "m1");
    assertTrue(failure.contains("m1"));
    assertFalse(failure.contains("c2VjcmV0"));
  }

  private static void forged(String token) {
    refused("TOKEN_INVALID", () -> members(token).getMe(ME));
  }

  private AccessTokens tokens(String activeKey) {
    SessionConfig other = config(config.signingKeys(), activeKey);
    return new AccessTokens(new SigningKeys(other), other, TestTokens.MEMBER_ISSUER);
  }

  private static String keysFailure(Optional<List<String>> keys, String active) {
    return assertThrows(IllegalArgumentException.class, () -> new SigningKeys(config(keys, active)))
        .getMessage();
  }

  private static SessionConfig config(Optional<List<String>> keys, String active) {
    Map<String, Object> values =
        Map.of(
            "signingKeys",
            keys,
            "activeSigningKey",
            Optional.of(active),
            "accessTokenLife",
            Duration.ofMinutes(15));
    return (SessionConfig)
        java.lang.reflect.Proxy.newProxyInstance(
            SessionConfig.class.getClassLoader(),
            new Class<?>[] {SessionConfig.class},
            (proxy, method, args) -> values.get(method.getName()));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
