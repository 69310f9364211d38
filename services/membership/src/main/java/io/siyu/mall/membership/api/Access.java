package io.siyu.mall.membership.api;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Whom a caller means. Members see themselves. */
final class Access {

  private Access() {}

  /** The member that calls; nobody else. */
  static MemberId self() {
    return new MemberId(Caller.current().memberId());
  }

  /** The session of the token that the member calls with; null when it names none. */
  static UUID session() {
    try {
      // Verified at the door; here it is only read.
      String payload = Caller.current().requireMember().token().split("\\.")[1];
      String session =
          JwtClaims.parse(
                  new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
              .getStringClaimValue("sid");
      return session == null ? null : UUID.fromString(session);
    } catch (InvalidJwtException | MalformedClaimException e) {
      throw new IllegalStateException("a token that was verified cannot be read", e);
    }
  }

  /** Whose growth is meant: a member's own whatever is asked; for others the one named. */
  static MemberId ofGrowth(String memberId) {
    return Caller.current().isMember() ? self() : MemberId.parse("member_id", memberId);
  }
}
