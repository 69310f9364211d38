package io.siyu.mall.cps.affiliate;

import java.util.List;

/**
 * One page of what a platform answers.
 *
 * @param next what to ask the following page with; null on the last one
 * @param unreadable documents that could not be understood; they are counted and told, never
 *     dropped in silence
 */
public record Batch<T>(List<T> entries, String next, List<String> unreadable) {}
