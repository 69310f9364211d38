package io.siyu.mall.membership.session;

import io.siyu.mall.membership.member.MemberId;
import java.time.Instant;
import java.util.UUID;

/**
 * A member signed in; told to the distributor service, which merges what the visitor touched
 * before.
 *
 * @param registered for the first time
 * @param touchId null when the visitor came by none
 * @param at business time
 */
public record SignedInEvent(
    MemberId member,
    boolean registered,
    UUID touchId,
    String anonymousId,
    String inviteCode,
    Instant at) {}
