package io.siyu.mall.catalog.category;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** The id of a {@link Category}. */
public record CategoryId(UUID value) {

  /** A new, time-ordered id. */
  public static CategoryId next() {
    return new CategoryId(Ids.next());
  }

  /**
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT on category_id when it is
   *     no UUID
   */
  public static CategoryId parse(String text) {
    return new CategoryId(Ids.parse("category_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
