package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** One address of a member; changed only through the {@link AddressBook}. */
@Entity
@Table(name = "addresses")
public class Address {

  @Id private UUID id;

  @Column(name = "member_id")
  private UUID memberId;

  @Column(name = "receiver_sealed")
  private String receiverSealed;

  @Column(name = "phone_sealed")
  private String phoneSealed;

  @Column(name = "place_sealed")
  private String placeSealed;

  @Column(name = "is_default")
  private boolean isDefault;

  @Column(name = "saved_at")
  private Instant savedAt;

  @Version private long version;

  /** For Hibernate. */
  protected Address() {}

  Address(AddressId id, MemberId member, SealedAddress content, Instant now) {
    this.id = id.value();
    this.memberId = member.value();
    change(content, now);
  }

  void change(SealedAddress content, Instant now) {
    receiverSealed = content.receiver();
    phoneSealed = content.phone();
    placeSealed = content.place();
    savedAt = now;
  }

  void makeDefault(boolean value) {
    isDefault = value;
  }

  public AddressId addressId() {
    return new AddressId(id);
  }

  public MemberId memberId() {
    return new MemberId(memberId);
  }

  /** The content as stored. */
  public SealedAddress content() {
    return new SealedAddress(receiverSealed, phoneSealed, placeSealed);
  }

  public boolean isDefault() {
    return isDefault;
  }

  public Instant savedAt() {
    return savedAt;
  }
}
