package io.siyu.mall.platform.identity;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.test.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that come over HTTP: fetched when needed, shared, renewed, and missing. */
class TokenVerifierTest {

  private static final Duration KEEP = Duration.ofMinutes(15);

  @TempDir Path directory;

  private final AtomicInteger fetches = new AtomicInteger();
  private final RsaJsonWebKey first = TestTokens.newKey("first");
  private final RsaJsonWebKey second = TestTokens.newKey("second");
  private volatile JsonWebKeySet published = new JsonWebKeySet(first);
  private volatile int status = 200;
  private HttpServer server;

  @BeforeEach
  void publish() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          fetches.incrementAndGet();
          byte[] body =
              published.toJson(OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void keysAreFetchedOnceAndTokensAreRemembered() {
    TokenVerifier verifier = verifier(url());
    String token = TestTokens.sign(claims(), first);
    assertEquals("MEMBER:m-1", verify(verifier, token).key());
    assertEquals("MEMBER:m-1", verifier.remembered(token).key());
    verify(verifier, TestTokens.sign(claims(), first));
    assertEquals(1, fetches.get());
  }

  @Test
  void aMemberStandsForThoseWhoGoOnAsThem() {
    UUID survivor = UUID.randomUUID();
    UUID absorbed = UUID.randomUUID();
    JwtClaims claims = TestTokens.claims(TestTokens.MEMBER_ISSUER, survivor.toString());
    assertEquals(
        Set.of(survivor), verify(verifier(url()), TestTokens.sign(claims, first)).memberIds());
    claims.setStringListClaim(TokenVerifier.MERGED, absorbed.toString());
    Caller caller = verify(verifier(url()), TestTokens.sign(claims, first));
    assertEquals(Set.of(survivor, absorbed), caller.memberIds());
    assertEquals(survivor, caller.memberId());
  }

  @Test
  void anUnknownKeyIsLookedForButNotForEveryForgedToken() {
    TokenVerifier verifier = verifier(url());
    verify(verifier, TestTokens.sign(claims(), first));
    for (int i = 0; i < 50; i++) {
      String forged = TestTokens.sign(claims(), second);
      assertEquals(
          TokenVerifier.TOKEN_INVALID,
          assertThrows(DomainException.class, () -> verify(verifier, forged)).reason());
    }
    assertTrue(fetches.get() <= 2, "fetched " + fetches);
  }

  @Test
  void aNewKeyIsFound() throws Exception {
    TokenIssuer issuer =
        new TokenIssuer("x", url(), KEEP, java.net.http.HttpClient.newHttpClient(), Duration.ZERO);
    assertEquals(first.getPublicKey(), issuer.key("first").await().atMost(Duration.ofSeconds(5)));
    published = new JsonWebKeySet(first, second);
    assertEquals(second.getPublicKey(), issuer.key("second").await().atMost(Duration.ofSeconds(5)));
    // An issuer that fails does not take away the keys that are known.
    status = 500;
    issuer.refresh().get();
    assertEquals(second.getPublicKey(), issuer.known("second"));
  }

  @Test
  void aRememberedTokenDiesWithItsKey() {
    TokenVerifier verifier = verifier(url());
    String token = TestTokens.sign(claims(), first);
    verify(verifier, token);
    published = new JsonWebKeySet(second);
    verifier.fetchKeys();
    await().until(() -> verifier.remembered(token) == null);
    refused(verifier, token);
    // The same key id with another key is another key.
    RsaJsonWebKey stranger = TestTokens.newKey("first");
    published = new JsonWebKeySet(first);
    verifier.fetchKeys();
    await().ignoreExceptions().untilAsserted(() -> verify(verifier, token));
    assertEquals("MEMBER:m-1", verifier.remembered(token).key());
    published = new JsonWebKeySet(stranger);
    verifier.fetchKeys();
    await().until(() -> verifier.remembered(token) == null);
    refused(verifier, token);
  }

  @Test
  void aRememberedTokenIsVerifiedAgainAfterAWhile() throws Exception {
    TokenVerifier verifier = verifier(url(), Duration.ofMillis(300), KEEP);
    String token = TestTokens.sign(claims(), first);
    verify(verifier, token);
    assertNotNull(verifier.remembered(token));
    Thread.sleep(400);
    assertNull(verifier.remembered(token));
    assertEquals("MEMBER:m-1", verify(verifier, token).key());
  }

  @Test
  void anExpiredTokenIsNotRemembered() throws Exception {
    TokenVerifier verifier = verifier(url());
    JwtClaims claims = claims();
    claims.setExpirationTime(NumericDate.fromMilliseconds(System.currentTimeMillis() + 1_000));
    String token = TestTokens.sign(claims, first);
    verify(verifier, token);
    await().until(() -> verifier.remembered(token) == null);
  }

  @Test
  void theKeysOfAnIssuerThatIsGoneAreNotBelievedForEver() throws Exception {
    TokenVerifier verifier = verifier(url(), Duration.ofHours(1), Duration.ofMillis(500));
    String token = TestTokens.sign(claims(), first);
    verify(verifier, token);
    status = 503;
    Thread.sleep(600);
    assertNull(verifier.remembered(token));
    DomainException refusal = assertThrows(DomainException.class, () -> verify(verifier, token));
    assertEquals("KEYS_UNAVAILABLE", refusal.reason());
    status = 200;
    await().ignoreExceptions().untilAsserted(() -> verify(verifier, token));
  }

  @Test
  void withoutKeysNothingIsSaidAboutTheToken() {
    status = 503;
    TokenVerifier verifier = verifier(url());
    DomainException refusal =
        assertThrows(
            DomainException.class, () -> verify(verifier, TestTokens.sign(claims(), first)));
    assertEquals(Kind.UNAVAILABLE, refusal.kind());
    assertEquals("KEYS_UNAVAILABLE", refusal.reason());
  }

  @Test
  void keysMayBeInAFile() throws IOException {
    Path file = directory.resolve("jwks.json");
    Files.writeString(file, published.toJson(OutputControlLevel.PUBLIC_ONLY));
    String token = TestTokens.sign(claims(), first);
    assertEquals("MEMBER:m-1", verify(verifier(file.toString()), token).key());
    assertEquals("MEMBER:m-1", verify(verifier(file.toUri().toString()), token).key());
  }

  @Test
  void otherAlgorithmsAreRefused() throws JoseException {
    TokenVerifier verifier = verifier(url());
    JsonWebSignature none = signature();
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    none.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.ALLOW_ONLY_NONE);
    refused(verifier, none.getCompactSerialization());
    // The classic: the public key taken as a shared secret.
    JsonWebSignature hmac = signature();
    hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    hmac.setKey(new HmacKey(first.getPublicKey().getEncoded()));
    refused(verifier, hmac.getCompactSerialization());
    JsonWebSignature stronger = signature();
    stronger.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA512);
    stronger.setKey(first.getPrivateKey());
    refused(verifier, stronger.getCompactSerialization());
  }

  @Test
  void theTokenIsNeverShown() {
    String token = TestTokens.sign(claims(), first);
    assertFalse(verify(verifier(url()), token).toString().contains(token));
  }

  private static void refused(TokenVerifier verifier, String token) {
    DomainException refusal =
        assertThrows(DomainException.class, () -> verify(verifier, token), token);
    assertEquals(TokenVerifier.TOKEN_INVALID, refusal.reason());
  }

  private JsonWebSignature signature() {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setPayload(claims().toJson());
    jws.setKeyIdHeaderValue("first");
    return jws;
  }

  private static JwtClaims claims() {
    return TestTokens.claims(TestTokens.MEMBER_ISSUER, "m-1");
  }

  private static Caller verify(TokenVerifier verifier, String token) {
    return verifier.verify(token).await().atMost(Duration.ofSeconds(10));
  }

  private String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/jwks";
  }

  private static TokenVerifier verifier(String jwks) {
    return verifier(jwks, Duration.ofMinutes(1), KEEP);
  }

  private static TokenVerifier verifier(String jwks, Duration remember, Duration keep) {
    return new TokenVerifier(
        new IdentityConfig() {
          @Override
          public Issuer staff() {
            return issuer("https://staff", "{\"keys\":[]}");
          }

          @Override
          public Issuer member() {
            return issuer(TestTokens.MEMBER_ISSUER, jwks);
          }

          @Override
          public String audience() {
            return TestTokens.AUDIENCE;
          }

          @Override
          public String keysEvery() {
            return "1m";
          }

          @Override
          public Duration remember() {
            return remember;
          }

          @Override
          public Duration keysKeep() {
            return keep;
          }
        });
  }

  private static IdentityConfig.Issuer issuer(String issuer, String jwks) {
    return new IdentityConfig.Issuer() {
      @Override
      public String issuer() {
        return issuer;
      }

      @Override
      public String jwks() {
        return jwks;
      }
    };
  }
}
