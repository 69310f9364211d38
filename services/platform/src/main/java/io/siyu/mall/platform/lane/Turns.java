package io.siyu.mall.platform.lane;

import io.siyu.mall.platform.job.Jobs;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Lets work under the same key run one after the other in this process, in the order in which it
 * was asked for. It saves work that would fail for having been overtaken; whatever must hold with
 * several replicas needs the database.
 */
public final class Turns<K> {

  private final Map<K, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

  /** The result of the work, on the context of whoever asks. */
  public <T> Uni<T> take(K key, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              CompletableFuture<Void> mine = new CompletableFuture<>();
              CompletableFuture<Void> before = last.put(key, mine);
              Uni<Void> turn =
                  before == null
                      ? Uni.createFrom().voidItem()
                      : Jobs.comeBack(Uni.createFrom().completionStage(before::copy));
              return turn.chain(() -> work.get())
                  .onTermination()
                  .invoke(() -> end(key, mine, before));
            });
  }

  /** Who leaves before the turn came must not let the next one in early. */
  private void end(K key, CompletableFuture<Void> mine, CompletableFuture<Void> before) {
    if (before == null || before.isDone()) {
      last.remove(key, mine);
      mine.complete(null);
    } else {
      before.thenRun(() -> end(key, mine, before));
    }
  }
}
