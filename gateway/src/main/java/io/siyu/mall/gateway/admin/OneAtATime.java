package io.siyu.mall.gateway.admin;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * Work that reads so much that only one may be under way. Whoever asks meanwhile shares the next
 * one: what they get was begun after they asked.
 */
final class OneAtATime<T> {

  private Uni<T> underWay;
  private Uni<T> next;

  /** The result of work that begins after this call. It goes on when its callers have left. */
  synchronized Uni<T> begunFromNowOn(Supplier<Uni<T>> work) {
    if (underWay == null) {
      return begin(work);
    }
    if (next == null) {
      next =
          underWay
              .onItemOrFailure()
              .transformToUni((result, failure) -> begin(work))
              .memoize()
              .indefinitely();
    }
    return next;
  }

  private synchronized Uni<T> begin(Supplier<Uni<T>> work) {
    next = null;
    underWay =
        Uni.createFrom()
            .<T>deferred(() -> work.get())
            .onTermination()
            .invoke(this::ended)
            .memoize()
            .indefinitely();
    return underWay;
  }

  private synchronized void ended() {
    if (next == null) {
      underWay = null;
    }
  }
}
