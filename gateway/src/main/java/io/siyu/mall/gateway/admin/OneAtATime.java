package io.siyu.mall.gateway.admin;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * Work that reads so much that only one may be under way. Whoever asks meanwhile shares the next
 * one: what they get was begun after they asked.
 */
final class OneAtATime<T> {

  private Uni<T> last = Uni.createFrom().nullItem();
  private Uni<T> next;

  /** The result of work that begins after this call. It goes on when its callers have left. */
  synchronized Uni<T> begunFromNowOn(Supplier<Uni<T>> work) {
    if (next == null) {
      next =
          last.onItemOrFailure()
              .transformToUni((result, failure) -> begin(work))
              .memoize()
              .indefinitely();
    }
    return next;
  }

  private synchronized Uni<T> begin(Supplier<Uni<T>> work) {
    next = null;
    last = Uni.createFrom().<T>deferred(() -> work.get()).memoize().indefinitely();
    return last;
  }
}
