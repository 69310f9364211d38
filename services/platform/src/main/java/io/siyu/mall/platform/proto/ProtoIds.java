package io.siyu.mall.platform.proto;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Ids on the wire: the usual 36 characters, empty for none. */
public final class ProtoIds {

  private ProtoIds() {}

  /** Null becomes empty. */
  public static String to(UUID id) {
    return id == null ? "" : id.toString();
  }

  /**
   * @throws DomainException INVALID_ARGUMENT on the field when it is empty or no UUID
   */
  public static UUID from(String field, String text) {
    return Ids.parse(field, text);
  }

  /**
   * Null for empty.
   *
   * @throws DomainException INVALID_ARGUMENT on the field when it is no UUID
   */
  public static UUID fromOptional(String field, String text) {
    return Ids.parseOptional(field, text);
  }
}
