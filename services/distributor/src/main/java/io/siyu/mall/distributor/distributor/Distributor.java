package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A member who sells. Joins with an invite code and nothing else: there is no fee, and nobody is
 * paid for recruiting. The inviting distributor becomes the upline at approval and stays it until
 * staff reassign with a reason.
 */
@Entity
@Table(name = "distributors")
public class Distributor {

  @Id private UUID id;

  @Version private long version;

  @Column(name = "member_id")
  private UUID memberId;

  @Enumerated(EnumType.STRING)
  private DistributorState state;

  @Column(name = "display_name")
  private String displayName;

  @Column(name = "inviter_kind")
  @Enumerated(EnumType.STRING)
  private InviterKind inviterKind;

  @Column(name = "inviter_id")
  private String inviterId;

  @Column(name = "invite_code")
  private String inviteCode;

  @Column(name = "brand_code")
  private String brandCode;

  @Column(name = "upline_id")
  private UUID uplineId;

  @Column(name = "real_name")
  private String realName;

  @Column(name = "real_name_masked")
  private String realNameMasked;

  private String phone;

  @Column(name = "phone_masked")
  private String phoneMasked;

  @Column(name = "phone_hash")
  private String phoneHash;

  @Column(name = "id_number")
  private String idNumber;

  @Column(name = "id_number_masked")
  private String idNumberMasked;

  @Column(name = "name_mark")
  private String nameMark;

  @Column(name = "id_number_mark")
  private String idNumberMark;

  private String openid;

  private String note;

  @Column(name = "state_reason")
  private String stateReason;

  @Column(name = "applied_at")
  private Instant appliedAt;

  @Column(name = "activated_at")
  private Instant activatedAt;

  @Transient private List<Change> changes = new ArrayList<>();

  protected Distributor() {}

  private Distributor(UUID id, UUID memberId, Instant now) {
    this.id = id;
    this.memberId = memberId;
    this.state = DistributorState.APPLIED;
    this.stateReason = "";
    this.appliedAt = now;
  }

  /**
   * A member applies; uses the invite once.
   *
   * @param inviterMember the member that the inviting distributor is; null when others invite
   * @throws DomainException SELF_INVITE when the member's own code is used; INVITE_… when it no
   *     longer holds
   */
  public static Distributor apply(
      UUID id,
      UUID memberId,
      Invite invite,
      UUID inviterMember,
      String displayName,
      Person person,
      String note,
      Instant now) {
    Validation.start()
        .required(TextType.SELLER_NAME, "display_name", displayName)
        .optional(TextType.NOTE, "note", note)
        .check();
    if (memberId.equals(inviterMember)) {
      throw DomainException.precondition("SELF_INVITE", "nobody can invite themselves");
    }
    invite.use(now);
    Distributor distributor = new Distributor(id, memberId, now);
    distributor.displayName = TextType.SELLER_NAME.normal(displayName);
    distributor.inviterKind = invite.inviter().kind();
    distributor.inviterId = invite.inviter().id();
    distributor.brandCode = invite.inviter().brandCode();
    distributor.inviteCode = invite.code();
    distributor.realName = person.realNameEncrypted();
    distributor.realNameMasked = person.realNameMasked();
    distributor.phone = person.phoneEncrypted();
    distributor.phoneMasked = person.phoneMasked();
    distributor.phoneHash = person.phoneHash();
    distributor.idNumber = person.idNumberEncrypted();
    distributor.idNumberMasked = person.idNumberMasked();
    distributor.nameMark = person.nameMark();
    distributor.idNumberMark = person.idNumberMark();
    distributor.openid = person.openid();
    distributor.note = note;
    distributor.changes.add(new Change("STATE", "", "APPLIED", "", memberId.toString(), now));
    return distributor;
  }

  /**
   * Approves the application and fixes the upline.
   *
   * @param inviter the inviting distributor; null when others invited. One who is not active any
   *     more does not become the upline.
   */
  public void approve(Distributor inviter, String by, Instant now) {
    moveTo(DistributorState.ACTIVE, "", by, now);
    activatedAt = now;
    if (inviter != null && inviter.state == DistributorState.ACTIVE) {
      uplineId = inviter.id;
      changes.add(new Change("UPLINE", "", inviter.id.toString(), "approved", by, now));
    }
  }

  public void reject(String reason, String by, Instant now) {
    moveTo(DistributorState.REJECTED, required(reason), by, now);
  }

  public void suspend(String reason, String by, Instant now) {
    moveTo(DistributorState.SUSPENDED, required(reason), by, now);
  }

  public void resume(String reason, String by, Instant now) {
    if (state != DistributorState.SUSPENDED) {
      DistributorState.TRANSITIONS.check(state, state);
    }
    moveTo(DistributorState.ACTIVE, required(reason), by, now);
  }

  public void close(String reason, String by, Instant now) {
    moveTo(DistributorState.CLOSED, required(reason), by, now);
  }

  /**
   * Staff give another upline, or none.
   *
   * @param upline null: none
   * @param above the members that the new upline and everybody above are
   * @throws DomainException UPLINE_SELF, UPLINE_LOOP, UPLINE_NOT_ACTIVE, NOT_ACTIVE
   */
  public void reassignUpline(
      Distributor upline, Set<UUID> above, String reason, String by, Instant now) {
    String why = required(reason);
    if (state != DistributorState.ACTIVE && state != DistributorState.SUSPENDED) {
      throw DomainException.precondition("NOT_ACTIVE", "the distributor is " + state);
    }
    if (upline != null) {
      if (upline.id.equals(id)) {
        throw DomainException.precondition("UPLINE_SELF", "nobody is their own upline");
      }
      if (upline.state != DistributorState.ACTIVE) {
        throw DomainException.precondition("UPLINE_NOT_ACTIVE", "the upline is " + upline.state);
      }
      if (above.contains(memberId)) {
        throw DomainException.precondition(
            "UPLINE_LOOP", "the new upline stands below this distributor");
      }
    }
    UUID old = uplineId;
    uplineId = upline == null ? null : upline.id;
    changes.add(new Change("UPLINE", text(old), text(uplineId), why, by, now));
  }

  /** The changes since it was loaded, for the record; clears them. */
  public List<Change> takeChanges() {
    List<Change> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  private void moveTo(DistributorState next, String reason, String by, Instant now) {
    DistributorState.TRANSITIONS.check(state, next);
    changes.add(new Change("STATE", state.name(), next.name(), reason, by, now));
    state = next;
    stateReason = reason;
  }

  private static String required(String reason) {
    Validation.start().required(TextType.REASON, "reason", reason).check();
    return reason;
  }

  private static String text(UUID id) {
    return id == null ? "" : id.toString();
  }

  public UUID id() {
    return id;
  }

  public UUID memberId() {
    return memberId;
  }

  public DistributorState state() {
    return state;
  }

  public Inviter inviter() {
    return new Inviter(inviterKind, inviterId, brandCode);
  }

  /** The brand that invited, directly or through others; null when it was the platform. */
  public String brandCode() {
    return brandCode;
  }

  /** Null when there is none. */
  public UUID uplineId() {
    return uplineId;
  }

  /** What the person behind it is known by again. */
  public List<String> identityMarks() {
    return Stream.of(nameMark, idNumberMark).filter(mark -> !mark.isEmpty()).toList();
  }

  public long version() {
    return version;
  }
}
