package io.siyu.mall.membership.address;

import io.siyu.mall.membership.member.Phones;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;

/**
 * Where a parcel goes and to whom, in clear. Never logged.
 *
 * @param phone a mainland mobile number, 11 digits
 */
public record PostalAddress(
    String receiver, String phone, String province, String city, String district, String detail) {

  /** Takes white space away at the ends. */
  public PostalAddress {
    receiver = receiver.strip();
    phone = phone.strip();
    province = province.strip();
    city = city.strip();
    district = district.strip();
    detail = detail.strip();
  }

  /**
   * @throws DomainException INVALID_ARGUMENT naming every field that is missing, too long, or (the
   *     phone) no mobile number
   */
  public void check() {
    Validation.start()
        .length("address.receiver_name", receiver, 1, 32)
        .require(
            Phones.isMobile(phone),
            "address.phone",
            "must be a mainland mobile number of 11 digits")
        .length("address.province", province, 1, 32)
        .length("address.city", city, 1, 32)
        .length("address.district", district, 0, 32)
        .length("address.detail", detail, 1, 200)
        .require(
            (receiver + province + city + district + detail)
                .codePoints()
                .noneMatch(Character::isISOControl),
            "address",
            "must not hold control characters")
        .check();
  }

  /** Never the person. */
  @Override
  public String toString() {
    return "PostalAddress";
  }
}
