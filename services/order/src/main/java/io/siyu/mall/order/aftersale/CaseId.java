package io.siyu.mall.order.aftersale;

import io.siyu.mall.platform.id.Ids;
import java.util.UUID;

/** Id of an after-sale case. */
public record CaseId(UUID value) {

  /** A new one. */
  public static CaseId next() {
    return new CaseId(Ids.next());
  }

  /**
   * Reads the field {@code case_id} of a request.
   *
   * @throws io.siyu.mall.platform.error.DomainException INVALID_ARGUMENT when it is no id
   */
  public static CaseId parse(String text) {
    return new CaseId(Ids.parse("case_id", text));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
