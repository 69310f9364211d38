package io.siyu.mall.catalog.stock;

import java.util.List;

/**
 * What one identity's check over all data found.
 *
 * @param name stable, for example {@code stock.held-is-in-held-reservations}
 * @param compared rows compared
 * @param differences the first ones only
 * @param differenceCount all of them
 * @param differenceAmount sum of the absolute differences in pieces
 */
public record Finding(
    String name,
    long compared,
    List<Difference> differences,
    long differenceCount,
    long differenceAmount) {

  /** More differences than these are counted, not listed. */
  public static final int MAX_LISTED = 100;

  /** One thing that is not as it must be. */
  public record Difference(String key, String expected, String actual, String message) {}
}
