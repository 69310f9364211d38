package io.siyu.mall.membership.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A refresh token that was given out, known only by its hash; never changed. */
@Entity
@Table(name = "refresh_tokens")
public class RefreshToken {

  @Id
  @Column(name = "token_hash")
  private String hash;

  @Column(name = "session_id")
  private UUID sessionId;

  private int generation;

  @Column(name = "issued_at")
  private Instant issuedAt;

  /** For Hibernate. */
  protected RefreshToken() {}

  /** The token of the session's present generation. */
  public RefreshToken(RefreshSecret secret, MemberSession session, Instant now) {
    this.hash = secret.hash();
    this.sessionId = session.sessionId().value();
    this.generation = session.generation();
    this.issuedAt = now;
  }

  String hash() {
    return hash;
  }

  public SessionId sessionId() {
    return new SessionId(sessionId);
  }

  public int generation() {
    return generation;
  }
}
