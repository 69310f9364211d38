package io.siyu.mall.membership.member;

import java.time.Instant;

/**
 * A member as shown to themselves and to staff: no unmasked personal data.
 *
 * @param phoneMasked empty when no phone is bound
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
    Instant registeredAt) {}
