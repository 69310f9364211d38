package io.siyu.mall.membership.session;

import io.siyu.mall.membership.member.MemberView;

/**
 * A session that was opened or refreshed just now.
 *
 * @param secret the refresh token that works from now on
 * @param registered the member came for the first time
 */
public record OpenSession(
    MemberView member, SessionId session, RefreshSecret secret, boolean registered) {}
