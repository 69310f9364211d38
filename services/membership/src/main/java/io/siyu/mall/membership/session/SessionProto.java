package io.siyu.mall.membership.session;

import io.siyu.mall.membership.member.MemberProto;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.membership.v1.MemberSignedIn;
import io.siyu.mall.proto.membership.v1.Session;
import java.time.Duration;

/** Sessions on the wire. */
public final class SessionProto {

  private SessionProto() {}

  /** The answer to a sign-in or a refresh; it holds secrets. */
  public static Session session(OpenSession open, String accessToken, Duration accessTokenLife) {
    return Session.newBuilder()
        .setAccessToken(accessToken)
        .setExpiresInSeconds(accessTokenLife.toSeconds())
        .setRefreshToken(open.secret().text())
        .setMember(MemberProto.member(open.member()))
        .setNewMember(open.registered())
        .build();
  }

  /** The event of a sign-in. */
  public static MemberSignedIn event(SignedInEvent event) {
    return MemberSignedIn.newBuilder()
        .setMemberId(event.member().toString())
        .setRegistered(event.registered())
        .setTouchId(ProtoIds.to(event.touchId()))
        .setAnonymousId(event.anonymousId())
        .setInviteCode(event.inviteCode())
        .setAt(ProtoTime.to(event.at()))
        .build();
  }
}
