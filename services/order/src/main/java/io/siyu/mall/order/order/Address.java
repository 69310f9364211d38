package io.siyu.mall.order.order;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.personal.Masks;
import io.siyu.mall.text.TextType;

/** Where parcels go. It is only ever stored sealed, and shown whole only to who needs it. */
public record Address(
    String receiverName,
    String phone,
    String province,
    String city,
    String district,
    String detail) {

  private static final String SEPARATOR = "\u001f";
  private static final int PARTS = 6;

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT with all that is wrong
   */
  public Address check() {
    Validation.start()
        .required(TextType.RECEIVER_NAME, "address.receiver_name", receiverName)
        .required(TextType.PHONE, "address.phone", phone)
        .required(TextType.REGION, "address.province", province)
        .required(TextType.REGION, "address.city", city)
        .optional(TextType.REGION, "address.district", district)
        .required(TextType.ADDRESS_DETAIL, "address.detail", detail)
        .require(!text().contains("\n") && parts() == PARTS, "address", "has control characters")
        .check();
    return this;
  }

  /** All of it, to be sealed. */
  public String text() {
    return String.join(SEPARATOR, receiverName, phone, province, city, district, detail);
  }

  /** What orders are found by: the phone without spelling and without the mainland's prefix. */
  public String phoneDigits() {
    return digits(phone);
  }

  /** The digits of a phone number however it is written: +86 138-0000-0000 is 13800000000. */
  public static String digits(String phone) {
    return phone.replaceAll("[^0-9]", "").replaceFirst("^(?:00)?86(?=1[3-9]\\d{9}$)", "");
  }

  /** Reads {@link #text()} back. */
  public static Address of(String text) {
    String[] parts = text.split(SEPARATOR, -1);
    return new Address(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]);
  }

  /** Nobody can be found by it. */
  public Address masked() {
    return new Address(
        Masks.name(receiverName), Masks.phone(phone), province, city, district, "****");
  }

  /** For the timeline: where to, and of whom only so much that they know themselves. */
  public String hint() {
    Address masked = masked();
    return String.join(" ", province, city, district, masked.receiverName(), masked.phone());
  }

  private int parts() {
    return text().split(SEPARATOR, -1).length;
  }

  /** Never shows whom. */
  @Override
  public String toString() {
    return "Address[" + city + "]";
  }
}
