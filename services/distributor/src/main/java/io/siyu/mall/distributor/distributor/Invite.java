package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/**
 * A code with which members may apply, some number of times, until it expires. Nothing is paid for
 * it.
 */
@Entity
@Table(name = "invites")
public class Invite {

  /** How long a code is valid when nobody says otherwise. */
  public static final int DEFAULT_DAYS = 30;

  @Id private String code;

  @Column(name = "inviter_kind")
  @Enumerated(EnumType.STRING)
  private InviterKind inviterKind;

  @Column(name = "inviter_id")
  private String inviterId;

  @Column(name = "brand_code")
  private String brandCode;

  @Column(name = "uses_left")
  private int usesLeft;

  private String note;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "expires_at")
  private Instant expiresAt;

  protected Invite() {}

  /**
   * A new code.
   *
   * @param uses 0: one
   * @param validDays 0: {@value #DEFAULT_DAYS}
   */
  public static Invite create(
      Inviter inviter, int uses, int validDays, String note, String createdBy, Instant now) {
    Validation.start()
        .range("uses", uses, 0, Bounds.INVITE_USES)
        .range("valid_days", validDays, 0, Bounds.INVITE_DAYS)
        .optional(TextType.NOTE, "note", note)
        .check();
    Invite invite = new Invite();
    invite.code = InviteCode.next().value();
    invite.inviterKind = inviter.kind();
    invite.inviterId = inviter.id();
    invite.brandCode = inviter.brandCode();
    invite.usesLeft = uses == 0 ? 1 : uses;
    invite.note = note;
    invite.createdBy = createdBy;
    invite.createdAt = now;
    invite.expiresAt = now.plus(Duration.ofDays(validDays == 0 ? DEFAULT_DAYS : validDays));
    return invite;
  }

  /**
   * Uses the code once.
   *
   * @throws DomainException INVITE_EXPIRED or INVITE_USED_UP
   */
  public void use(Instant now) {
    if (!now.isBefore(expiresAt)) {
      throw DomainException.precondition("INVITE_EXPIRED", "the invite code has expired");
    }
    if (usesLeft == 0) {
      throw DomainException.precondition("INVITE_USED_UP", "the invite code was used up");
    }
    usesLeft--;
  }

  public String code() {
    return code;
  }

  public Inviter inviter() {
    return new Inviter(inviterKind, inviterId, brandCode);
  }

  public int usesLeft() {
    return usesLeft;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Instant expiresAt() {
    return expiresAt;
  }
}
