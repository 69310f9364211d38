package io.siyu.mall.membership.session;

import java.time.Duration;

/**
 * How long things last.
 *
 * @param accessToken life of an access token
 * @param idle a session that is not refreshed for so long ends
 * @param absolute a session ends after so long in any case
 */
public record SessionPolicy(Duration accessToken, Duration idle, Duration absolute) {}
