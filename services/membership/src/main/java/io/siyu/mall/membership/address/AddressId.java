package io.siyu.mall.membership.address;

import io.siyu.mall.platform.id.Ids;
import java.util.Objects;
import java.util.UUID;

/** The id of an address. */
public record AddressId(UUID value) {

  public AddressId {
    Objects.requireNonNull(value);
  }

  /** A new one. */
  public static AddressId next() {
    return new AddressId(Ids.next());
  }

  /** Reads one that came in the named field of a request. */
  public static AddressId parse(String field, String text) {
    return new AddressId(Ids.parse(field, text));
  }
}
