package io.siyu.mall.membership.member;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.List;

/**
 * A member as shown to themselves and to staff: no unmasked personal data.
 *
 * @param phoneMasked empty when no phone is bound
 * @param mergedInto the member that this one goes on as; null for one that lives
 * @param mergedIds those that go on as this one
 */
public record MemberView(
    MemberId id,
    String nickname,
    String avatarUrl,
    String phoneMasked,
    int level,
    String levelName,
    long growthValue,
    long version,
    Instant registeredAt,
    MemberId mergedInto,
    List<MemberId> mergedIds) {

  /**
   * @throws DomainException UNAUTHENTICATED {@link Member#MERGED} for one that goes on as another
   */
  public MemberView requireLiving() {
    Member.requireLiving(mergedInto);
    return this;
  }
}
