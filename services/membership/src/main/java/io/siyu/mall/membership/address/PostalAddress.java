package io.siyu.mall.membership.address;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.TextType;

/**
 * Where a parcel goes and to whom, in clear. Never logged.
 *
 * @param phone a mainland mobile number, 11 digits
 */
public record PostalAddress(
    String receiver, String phone, String province, String city, String district, String detail) {

  /** All in their normal forms. */
  public PostalAddress {
    receiver = TextType.RECEIVER_NAME.normal(receiver);
    phone = TextType.PHONE.normal(phone);
    province = TextType.REGION.normal(province);
    city = TextType.REGION.normal(city);
    district = TextType.REGION.normal(district);
    detail = TextType.ADDRESS_DETAIL.normal(detail);
  }

  /**
   * @throws DomainException INVALID_ARGUMENT naming every field that is missing, too long, or (the
   *     phone) no mobile number
   */
  public void check() {
    Validation.start()
        .required(TextType.RECEIVER_NAME, "address.receiver_name", receiver)
        .required(TextType.PHONE, "address.phone", phone)
        .required(TextType.REGION, "address.province", province)
        .required(TextType.REGION, "address.city", city)
        .optional(TextType.REGION, "address.district", district)
        .required(TextType.ADDRESS_DETAIL, "address.detail", detail)
        .check();
  }

  /** Never the person. */
  @Override
  public String toString() {
    return "PostalAddress";
  }
}
