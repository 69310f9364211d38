package io.siyu.mall.distributor.identity;

import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What a person is known by again, as keyed hashes: an identity number; or a real name together
 * with a phone, since either alone can be another person's, too.
 */
@ApplicationScoped
public class IdentityMarks {

  private final PersonalCipher cipher;

  IdentityMarks(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /** A phone as it is compared: its digits, without the country code of the mainland. */
  public static String digits(String phone) {
    String digits = phone.replaceAll("\\D", "");
    return digits.length() == 13 && digits.startsWith("86") ? digits.substring(2) : digits;
  }

  /** The mark of a name with a phone. */
  public String ofName(String realName, String phone) {
    return cipher.hash("name " + digits(phone) + " " + realName.replaceAll("\\s", ""));
  }

  /**
   * The mark of an identity number.
   *
   * @return empty for none
   */
  public String ofIdNumber(String idNumber) {
    return idNumber.isEmpty() ? "" : cipher.hash("id " + IdNumber.normal(idNumber));
  }
}
