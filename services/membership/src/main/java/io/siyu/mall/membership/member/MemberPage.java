package io.siyu.mall.membership.member;

import java.util.List;

/**
 * One page of members.
 *
 * @param nextPageToken empty on the last page
 */
public record MemberPage(List<MemberView> members, String nextPageToken) {}
