package io.siyu.mall.platform.identity;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.time.SecurityTime;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.net.http.HttpClient;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

/**
 * Turns a bearer token into a {@link Caller}: signature (RS256 only) with the key of its issuer,
 * issuer, audience and expiry by the machine's clock — never by the movable one. A verified token
 * is remembered for a short while, not beyond its expiry, and not when its issuer has taken its key
 * back.
 */
@Singleton
public class TokenVerifier {

  public static final String TOKEN_INVALID = "TOKEN_INVALID";
  public static final String TOKEN_EXPIRED = "TOKEN_EXPIRED";

  /** The claim with the ids of those who were merged into the member; none without it. */
  public static final String MERGED = "merged";

  private static final int MAX_REMEMBERED = 20_000;
  private static final int MAX_LENGTH = 16_000;
  private static final int CLOCK_SKEW_SECONDS = 5;

  private final IdentityConfig config;
  private final TokenIssuer staff;
  private final TokenIssuer member;
  private final Map<String, Verified> remembered = new ConcurrentHashMap<>();

  TokenVerifier(IdentityConfig config) {
    this.config = config;
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    this.staff =
        new TokenIssuer(config.staff().issuer(), config.staff().jwks(), config.keysKeep(), http);
    this.member =
        new TokenIssuer(config.member().issuer(), config.member().jwks(), config.keysKeep(), http);
  }

  /** At start, and now and then: a key that an issuer took back is not believed for ever. */
  @PostConstruct
  @Scheduled(every = "${mall.identity.keys-every:1m}", delayed = "1m")
  void fetchKeys() {
    staff.refresh();
    member.refresh();
  }

  /** The caller of a token verified lately; null when it has to be verified (again). */
  Caller remembered(String token) {
    Verified verified = remembered.get(token);
    if (verified == null) {
      return null;
    }
    if (!verified.holds(SecurityTime.now().toEpochMilli())) {
      remembered.remove(token, verified);
      return null;
    }
    return verified.caller;
  }

  /**
   * Verifies a token. Fails with {@link DomainException} UNAUTHENTICATED when it does not hold,
   * UNAVAILABLE when the issuer's keys cannot be had. May complete on another thread.
   */
  public Uni<Caller> verify(String token) {
    JsonWebSignature jws = new JsonWebSignature();
    TokenIssuer issuer;
    String keyId;
    try {
      if (token.length() > MAX_LENGTH) {
        throw invalid("too long");
      }
      jws.setCompactSerialization(token);
      keyId = jws.getKeyIdHeaderValue();
      issuer = issuerOf(JwtClaims.parse(jws.getUnverifiedPayload()).getIssuer());
    } catch (JoseException | InvalidJwtException | MalformedClaimException e) {
      return Uni.createFrom().failure(invalid("not a token"));
    } catch (DomainException e) {
      return Uni.createFrom().failure(e);
    }
    if (keyId == null) {
      return Uni.createFrom().failure(invalid("no key id"));
    }
    PublicKey known = issuer.known(keyId);
    if (known != null) {
      return Uni.createFrom().item(() -> verify(token, issuer, known));
    }
    return issuer.key(keyId).map(key -> verify(token, issuer, key));
  }

  private TokenIssuer issuerOf(String issuer) {
    if (staff.issuer().equals(issuer)) {
      return staff;
    }
    if (member.issuer().equals(issuer)) {
      return member;
    }
    throw invalid("unknown issuer");
  }

  private Caller verify(String token, TokenIssuer issuer, PublicKey key) {
    if (key == null) {
      throw invalid("unknown key");
    }
    JwtConsumer consumer =
        new JwtConsumerBuilder()
            .setJwsAlgorithmConstraints(
                ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
            .setVerificationKey(key)
            .setExpectedIssuer(issuer.issuer())
            .setExpectedAudience(config.audience())
            .setRequireExpirationTime()
            .setRequireSubject()
            .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
            .build();
    try {
      JwtClaims claims = consumer.processToClaims(token);
      Caller caller = issuer == member ? member(claims, token) : staffOrService(claims, token);
      remember(token, caller, issuer, key, claims.getExpirationTime().getValueInMillis());
      return caller;
    } catch (InvalidJwtException e) {
      throw e.hasExpired()
          ? new DomainException(Kind.UNAUTHENTICATED, TOKEN_EXPIRED, "the token has expired")
          : invalid("does not verify");
    } catch (MalformedClaimException e) {
      throw invalid("malformed claims");
    }
  }

  private static Caller member(JwtClaims claims, String token) throws MalformedClaimException {
    Set<UUID> merged =
        strings(claims.getClaimValue(MERGED)).stream()
            .map(id -> Ids.parse(MERGED, id))
            .collect(Collectors.toSet());
    return new Caller(
        Caller.Kind.MEMBER, claims.getSubject(), Set.of(), Set.of(), merged, token, Reach.NOTHING);
  }

  private static Caller staffOrService(JwtClaims claims, String token)
      throws MalformedClaimException {
    Set<Role> roles = new HashSet<>();
    if (claims.getClaimValue("realm_access") instanceof Map<?, ?> access) {
      strings(access.get("roles")).forEach(name -> Role.ofClaim(name).ifPresent(roles::add));
    }
    if (roles.contains(Role.SERVICE)) {
      String client = claims.getClaimValueAsString("azp");
      return new Caller(
          Caller.Kind.SERVICE,
          client == null ? claims.getSubject() : client,
          roles,
          Set.of(),
          token,
          Reach.NOTHING);
    }
    return new Caller(
        Caller.Kind.STAFF,
        claims.getSubject(),
        roles,
        Set.copyOf(strings(claims.getClaimValue("brand_ids"))),
        token,
        Reach.NOTHING);
  }

  private static List<String> strings(Object claim) {
    if (claim instanceof Collection<?> values) {
      return values.stream().map(String::valueOf).distinct().toList();
    }
    return claim == null ? List.of() : List.of(String.valueOf(claim));
  }

  private void remember(
      String token, Caller caller, TokenIssuer issuer, PublicKey key, long expiresAtMillis) {
    long now = SecurityTime.now().toEpochMilli();
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.values().removeIf(verified -> !verified.holds(now));
      if (remembered.size() >= MAX_REMEMBERED) {
        remembered.clear();
      }
    }
    long until = Math.min(expiresAtMillis, now + config.remember().toMillis());
    remembered.put(token, new Verified(caller, issuer, key, until));
  }

  private static DomainException invalid(String why) {
    return new DomainException(Kind.UNAUTHENTICATED, TOKEN_INVALID, "the token is no good: " + why);
  }

  private record Verified(Caller caller, TokenIssuer issuer, PublicKey key, long untilMillis) {

    boolean holds(long nowMillis) {
      return nowMillis < untilMillis && issuer.publishes(key);
    }
  }
}
