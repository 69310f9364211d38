package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.Masks;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.personal.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Encrypts who a distributor is, for that distributor of that member. */
@ApplicationScoped
public class PersonSeal {

  private static final String TABLE = "distributors";

  private final PersonalCipher cipher;

  PersonSeal(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /**
   * What is stored.
   *
   * @param phone with or without country code and separators
   */
  Person seal(UUID distributor, UUID member, String realName, String phone, String openid) {
    return new Person(
        cipher.encrypt(Cell.of(TABLE, "real_name", distributor, member), realName),
        Masks.name(realName),
        cipher.encrypt(Cell.of(TABLE, "phone", distributor, member), phone),
        Masks.phone(phone),
        cipher.hash(phone.replaceAll("\\D", "")),
        openid);
  }

  /** The real name as it was found in the distributor's row. */
  public static Sealed realName(UUID distributor, UUID member, String stored) {
    return new Sealed(Cell.of(TABLE, "real_name", distributor, member), stored);
  }
}
