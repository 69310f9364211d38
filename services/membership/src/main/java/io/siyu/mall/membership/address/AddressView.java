package io.siyu.mall.membership.address;

import io.siyu.mall.platform.personal.Masks;
import java.util.UUID;

/**
 * An address as it is shown, in clear or masked.
 *
 * @param content what can be read
 */
public record AddressView(UUID id, PostalAddress content, boolean isDefault) {

  /** For lists: name and phone masked, of the place only province, city and district. */
  AddressView masked() {
    PostalAddress masked =
        new PostalAddress(
            Masks.name(content.receiver()),
            Masks.phone(content.phone()),
            content.province(),
            content.city(),
            content.district(),
            "****");
    return new AddressView(id, masked, isDefault);
  }
}
