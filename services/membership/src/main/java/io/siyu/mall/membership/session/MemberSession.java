package io.siyu.mall.membership.session;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/**
 * One sign-in on one device: a family of refresh tokens of which only the newest works. All times
 * here are real time, whatever the business clock says.
 */
@Entity
@Table(name = "sessions")
public class MemberSession {

  /** The reason when a used refresh token comes again. */
  public static final String REUSED = "REFRESH_TOKEN_REUSED";

  /** The reason when the session is over. */
  public static final String ENDED = "SESSION_ENDED";

  @Id private UUID id;

  @Column(name = "member_id")
  private UUID memberId;

  @Enumerated(EnumType.STRING)
  private SessionState state;

  /** By what name in the mini-program it was opened: a merged member can have several. */
  private String openid;

  private String device;

  private int generation;

  @Column(name = "opened_at")
  private Instant openedAt;

  @Column(name = "used_at")
  private Instant usedAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  @Column(name = "ended_at")
  private Instant endedAt;

  @Version private long version;

  /** For Hibernate. */
  protected MemberSession() {}

  private MemberSession(
      SessionId id,
      MemberId member,
      String openid,
      String device,
      SessionPolicy policy,
      Instant now) {
    this.id = id.value();
    this.memberId = member.value();
    this.openid = openid;
    this.state = SessionState.ACTIVE;
    this.device = device;
    this.generation = 1;
    this.openedAt = now;
    this.usedAt = now;
    this.expiresAt = nextExpiry(policy, now);
  }

  /** The member signs in. */
  public static MemberSession open(
      SessionId id,
      MemberId member,
      String openid,
      String device,
      SessionPolicy policy,
      Instant now) {
    return new MemberSession(id, member, openid, device, policy, now);
  }

  /**
   * Uses the token up; the next generation's token works instead.
   *
   * @param presented generation of the token that was presented
   * @throws DomainException UNAUTHENTICATED {@value #REUSED} when it was used before (the caller
   *     must then revoke the session), {@value #ENDED} when the session is over
   */
  public void rotate(int presented, SessionPolicy policy, Instant now) {
    requireCurrent(presented, now);
    generation++;
    usedAt = now;
    expiresAt = nextExpiry(policy, now);
  }

  /**
   * @param presented generation of a token
   * @throws DomainException UNAUTHENTICATED {@value #ENDED} when the session is over, {@value
   *     #REUSED} when the token was used before
   */
  public void requireCurrent(int presented, Instant now) {
    if (state != SessionState.ACTIVE || !now.isBefore(expiresAt)) {
      throw new DomainException(Kind.UNAUTHENTICATED, ENDED, "the session is over; sign in again")
          .with("state", state == SessionState.ACTIVE ? SessionState.EXPIRED : state);
    }
    if (presented != generation) {
      throw new DomainException(
          Kind.UNAUTHENTICATED, REUSED, "the refresh token was used before; sign in again");
    }
  }

  /** The member signs out; a session that is over already stays as it is. */
  public void signOut(Instant now) {
    end(SessionState.SIGNED_OUT, now);
  }

  /** Somebody else may hold its tokens; a session that is over already stays as it is. */
  public void revoke(Instant now) {
    end(SessionState.REVOKED, now);
  }

  /** Its time is over; a session that is over already stays as it is. */
  public void expire(Instant now) {
    end(SessionState.EXPIRED, now);
  }

  public SessionId sessionId() {
    return new SessionId(id);
  }

  public MemberId memberId() {
    return new MemberId(memberId);
  }

  public SessionState state() {
    return state;
  }

  public String device() {
    return device;
  }

  /** The generation whose token works. */
  public int generation() {
    return generation;
  }

  public Instant expiresAt() {
    return expiresAt;
  }

  private void end(SessionState how, Instant now) {
    if (state == SessionState.ACTIVE) {
      moveTo(how);
      endedAt = now;
    }
  }

  private void moveTo(SessionState next) {
    SessionState.TABLE.check(state, next);
    state = next;
  }

  private Instant nextExpiry(SessionPolicy policy, Instant now) {
    Instant idle = now.plus(policy.idle());
    Instant absolute = openedAt.plus(policy.absolute());
    return idle.isBefore(absolute) ? idle : absolute;
  }
}
