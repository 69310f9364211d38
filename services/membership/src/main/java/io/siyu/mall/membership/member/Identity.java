package io.siyu.mall.membership.member;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * One name of a member elsewhere. Only a merge moves it, to the member who goes on; with whom it
 * came stays beside it, so that the history of channels stays.
 */
@Entity
@Table(name = "identities")
public class Identity {

  @Id private UUID id;

  @Column(name = "member_id")
  private UUID memberId;

  @Enumerated(EnumType.STRING)
  private IdentityKind kind;

  @Column(name = "app_id")
  private String appId;

  private String subject;

  @Column(name = "created_at")
  private Instant createdAt;

  /** For Hibernate. */
  protected Identity() {}

  /** The member is known by the key from now on. */
  public Identity(UUID id, MemberId member, IdentityKey key, Instant now) {
    this.id = id;
    this.memberId = member.value();
    this.kind = key.kind();
    this.appId = key.appId();
    this.subject = key.subject();
    this.createdAt = now;
  }

  public MemberId memberId() {
    return new MemberId(memberId);
  }

  public IdentityKey key() {
    return new IdentityKey(kind, appId, subject);
  }
}
