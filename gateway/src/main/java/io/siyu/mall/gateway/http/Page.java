package io.siyu.mall.gateway.http;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Wire;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items at most {@code pageSize}
 * @param nextPageToken asks for the next page; absent on the last one
 */
public record Page<T>(List<T> items, @Nullable String nextPageToken) {

  /** Maps the messages of a page. */
  public static <A, B> Page<B> of(List<A> messages, Function<A, B> map, String nextPageToken) {
    return new Page<>(Wire.list(messages, map), Wire.text(nextPageToken));
  }
}
