package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Encrypts an address for its row and member, and opens it again. */
@ApplicationScoped
public class AddressSeal {

  /** Cannot be part of an address: control characters are refused. */
  private static final String SEPARATOR = "\u001f";

  private final PersonalCipher cipher;

  @Inject
  AddressSeal(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /** What is stored. */
  public SealedAddress seal(AddressId id, MemberId member, PostalAddress address) {
    String place =
        String.join(
            SEPARATOR, address.province(), address.city(), address.district(), address.detail());
    return new SealedAddress(
        cipher.encrypt(cell("receiver_sealed", id, member), address.receiver()),
        cipher.encrypt(cell("phone_sealed", id, member), address.phone()),
        cipher.encrypt(cell("place_sealed", id, member), place));
  }

  /** What was sealed. */
  public PostalAddress open(AddressId id, MemberId member, SealedAddress sealed) {
    String[] place =
        cipher.decrypt(cell("place_sealed", id, member), sealed.place()).split(SEPARATOR, -1);
    return new PostalAddress(
        cipher.decrypt(cell("receiver_sealed", id, member), sealed.receiver()),
        cipher.decrypt(cell("phone_sealed", id, member), sealed.phone()),
        place[0],
        place[1],
        place[2],
        place[3]);
  }

  private static Cell cell(String column, AddressId id, MemberId member) {
    return Cell.of("addresses", column, id.value(), member.value());
  }
}
