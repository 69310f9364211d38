package io.siyu.mall.membership.address;

import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Encrypts addresses for the database and opens them again. */
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
  public SealedAddress seal(PostalAddress address) {
    String place =
        String.join(
            SEPARATOR, address.province(), address.city(), address.district(), address.detail());
    return new SealedAddress(
        cipher.encrypt(address.receiver()), cipher.encrypt(address.phone()), cipher.encrypt(place));
  }

  /** What was sealed. */
  public PostalAddress open(SealedAddress sealed) {
    String[] place = cipher.decrypt(sealed.place()).split(SEPARATOR, -1);
    return new PostalAddress(
        cipher.decrypt(sealed.receiver()),
        cipher.decrypt(sealed.phone()),
        place[0],
        place[1],
        place[2],
        place[3]);
  }
}
