package io.siyu.mall.membership.member;

import io.siyu.mall.platform.personal.Cell;

/**
 * A phone number as it is stored.
 *
 * @param sealed encrypted
 * @param hash keyed, to find it by
 */
public record SealedPhone(String sealed, String hash) {

  /** Where a member's phone stands. */
  public static Cell cell(MemberId member) {
    return Cell.of("members", "phone_sealed", member.value());
  }
}
