package io.siyu.mall.distributor.distributor;

import io.siyu.mall.distributor.identity.IdentityMarks;
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
  private final IdentityMarks marks;

  PersonSeal(PersonalCipher cipher, IdentityMarks marks) {
    this.cipher = cipher;
    this.marks = marks;
  }

  /**
   * What is stored.
   *
   * @param phone with or without country code and separators
   * @param idNumber empty when it is not known
   */
  Person seal(
      UUID distributor,
      UUID member,
      String realName,
      String phone,
      String idNumber,
      String openid) {
    return new Person(
        sealName(distributor, member, realName),
        Masks.name(realName),
        cipher.encrypt(Cell.of(TABLE, "phone", distributor, member), phone),
        Masks.phone(phone),
        cipher.hash(IdentityMarks.digits(phone)),
        sealIdNumber(distributor, member, idNumber),
        Masks.idNumber(idNumber),
        marks.ofName(realName, phone),
        marks.ofIdNumber(idNumber),
        openid);
  }

  /** What is stored of a distributor whose member is another one from now on. */
  Resealed reseal(
      UUID distributor, UUID before, UUID now, String realName, String phone, String idNumber) {
    return new Resealed(
        sealName(
            distributor,
            now,
            cipher.decrypt(Cell.of(TABLE, "real_name", distributor, before), realName)),
        cipher.encrypt(
            Cell.of(TABLE, "phone", distributor, now), phone(distributor, before, phone)),
        idNumber.isEmpty()
            ? ""
            : sealIdNumber(
                distributor,
                now,
                cipher.decrypt(Cell.of(TABLE, "id_number", distributor, before), idNumber)));
  }

  /** Encrypted for their new places. */
  record Resealed(String realName, String phone, String idNumber) {}

  /** A real name for the distributor's row. */
  public String sealName(UUID distributor, UUID member, String realName) {
    return cipher.encrypt(Cell.of(TABLE, "real_name", distributor, member), realName);
  }

  /** An identity number for the distributor's row; empty stays empty. */
  public String sealIdNumber(UUID distributor, UUID member, String idNumber) {
    return idNumber.isEmpty()
        ? ""
        : cipher.encrypt(Cell.of(TABLE, "id_number", distributor, member), idNumber);
  }

  /** The phone as it was found in the distributor's row, in clear. */
  public String phone(UUID distributor, UUID member, String stored) {
    return cipher.decrypt(Cell.of(TABLE, "phone", distributor, member), stored);
  }

  /** The real name as it was found in the distributor's row, in clear. */
  public String name(UUID distributor, UUID member, String stored) {
    return cipher.decrypt(Cell.of(TABLE, "real_name", distributor, member), stored);
  }

  /** The real name as it was found in the distributor's row. */
  public static Sealed realName(UUID distributor, UUID member, String stored) {
    return new Sealed(Cell.of(TABLE, "real_name", distributor, member), stored);
  }
}
