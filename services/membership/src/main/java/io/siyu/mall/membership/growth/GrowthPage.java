package io.siyu.mall.membership.growth;

import java.util.List;

/**
 * One page of growth entries, newest first.
 *
 * @param nextPageToken empty on the last page
 */
public record GrowthPage(List<GrowthEntry> entries, String nextPageToken) {}
