package io.siyu.mall.order.order;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param nextToken empty on the last page
 */
public record Page<T>(List<T> items, String nextToken) {

  /**
   * Cuts a page out of what was read.
   *
   * @param read up to one more than {@code size}, which tells whether a page follows
   * @param token of the last entry of the page
   */
  public static <T> Page<T> of(List<T> read, int size, Function<T, String> token) {
    if (read.size() <= size) {
      return new Page<>(read, "");
    }
    List<T> items = List.copyOf(read.subList(0, size));
    return new Page<>(items, token.apply(items.get(size - 1)));
  }
}
