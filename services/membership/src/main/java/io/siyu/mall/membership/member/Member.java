package io.siyu.mall.membership.member;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A consumer with an account. */
@Entity
@Table(name = "members")
public class Member {

  /** The reason when the member goes on as another. */
  public static final String MERGED = "MEMBER_MERGED";

  @Id private UUID id;

  private String nickname;

  @Column(name = "avatar_url")
  private String avatarUrl;

  @Column(name = "phone_sealed")
  private String phoneSealed;

  @Column(name = "phone_hash")
  private String phoneHash;

  @Column(name = "registered_at")
  private Instant registeredAt;

  /** Written by a merge alone. */
  @Column(name = "merged_into", insertable = false, updatable = false)
  private UUID mergedInto;

  @Version private long version;

  /** For Hibernate. */
  protected Member() {}

  /** Somebody who comes for the first time; the nickname is made from the id until they choose. */
  public static Member register(MemberId id, Instant now) {
    Member member = new Member();
    member.id = id.value();
    String digits = id.value().toString();
    member.nickname = "会员" + digits.substring(digits.length() - 6);
    member.avatarUrl = "";
    member.registeredAt = now;
    return member;
  }

  /**
   * Changes what is not null.
   *
   * @throws DomainException INVALID_ARGUMENT when a value is not one
   */
  public void changeProfile(String newNickname, String newAvatarUrl) {
    Validation validation = Validation.start();
    if (newNickname != null) {
      validation.required(TextType.NICKNAME, "nickname", newNickname);
    }
    if (newAvatarUrl != null) {
      validation.optional(TextType.PUBLIC_URL, "avatar_url", newAvatarUrl);
    }
    validation.check();
    if (newNickname != null) {
      nickname = TextType.NICKNAME.normal(newNickname);
    }
    if (newAvatarUrl != null) {
      avatarUrl = TextType.PUBLIC_URL.normal(newAvatarUrl);
    }
  }

  /**
   * @throws DomainException ABORTED when the member has been changed since that version was read
   */
  public void requireVersion(long expected) {
    if (expected != version) {
      throw new DomainException(
              Kind.ABORTED, "STALE_VERSION", "the profile was changed in the meantime")
          .with("version", version);
    }
  }

  /**
   * @throws DomainException UNAUTHENTICATED {@value #MERGED} for one that goes on as another: a
   *     refreshed session is that member's
   */
  public Member requireLiving() {
    requireLiving(mergedInto().orElse(null));
    return this;
  }

  /**
   * @param mergedInto null for a member that lives
   * @throws DomainException as {@link #requireLiving()}
   */
  public static void requireLiving(MemberId mergedInto) {
    if (mergedInto != null) {
      throw new DomainException(
          Kind.UNAUTHENTICATED,
          MERGED,
          "this account goes on as another: refresh the session, or sign in again");
    }
  }

  /** The member that this one goes on as; empty for one that lives. */
  public Optional<MemberId> mergedInto() {
    return Optional.ofNullable(mergedInto).map(MemberId::new);
  }

  public MemberId memberId() {
    return new MemberId(id);
  }

  public String nickname() {
    return nickname;
  }

  public String avatarUrl() {
    return avatarUrl;
  }

  /** The phone as stored, if one is bound. */
  public Optional<SealedPhone> phone() {
    return phoneSealed == null
        ? Optional.empty()
        : Optional.of(new SealedPhone(phoneSealed, phoneHash));
  }

  public Instant registeredAt() {
    return registeredAt;
  }

  public long version() {
    return version;
  }
}
