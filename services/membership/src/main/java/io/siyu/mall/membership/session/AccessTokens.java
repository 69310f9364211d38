package io.siyu.mall.membership.session;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.TokenVerifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Issues the members' access tokens: short-lived, RS256, checked by anyone with the key set. */
@Singleton
public class AccessTokens {

  /** Whom the tokens are for. */
  public static final String AUDIENCE = "mall";

  /** The one role of a member. */
  public static final String ROLE = "member";

  private final SigningKeys keys;
  private final String issuer;
  private final Duration life;

  /** Signs with the active key. */
  @Inject
  public AccessTokens(
      SigningKeys keys,
      SessionConfig config,
      @ConfigProperty(name = "mall.identity.member.issuer") String issuer) {
    this.keys = keys;
    this.issuer = issuer;
    this.life = config.accessTokenLife();
  }

  /**
   * A new token. It names those who were merged into the member, so that every service knows what
   * is the member's.
   *
   * @param merged those who go on as the member
   * @param now real time
   */
  public String issue(
      MemberId member, Collection<MemberId> merged, SessionId session, Instant now) {
    JwtClaims claims = new JwtClaims();
    claims.setIssuer(issuer);
    claims.setAudience(AUDIENCE);
    claims.setSubject(member.toString());
    claims.setJwtId(Ids.next().toString());
    claims.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(now.plus(life).toEpochMilli()));
    claims.setClaim("sid", session.toString());
    claims.setClaim("groups", List.of(ROLE));
    if (!merged.isEmpty()) {
      claims.setStringListClaim(
          TokenVerifier.MERGED, merged.stream().map(MemberId::toString).toList());
    }
    RsaJsonWebKey key = keys.active();
    JsonWebSignature signature = new JsonWebSignature();
    signature.setPayload(claims.toJson());
    signature.setKey(key.getPrivateKey());
    signature.setKeyIdHeaderValue(key.getKeyId());
    signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
    signature.setHeader("typ", "JWT");
    try {
      return signature.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("a token cannot be signed", e);
    }
  }

  /** How long a token is good for. */
  public Duration life() {
    return life;
  }
}
