package io.siyu.mall.platform.job;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Work in rounds, one after the other. A round that chains the next one inside of itself grows the
 * stack with every round: thousands of them, after an outage say, end in a StackOverflowError that
 * nobody hears of.
 */
public final class Rounds {

  private Rounds() {}

  /**
   * Works until a round does less than a full one, which is the last.
   *
   * @param full what a round that leaves something to do has done, at least
   * @param round answers what it has done
   * @return what all rounds have done, or the first failure
   */
  public static Uni<Integer> whileFull(int full, Supplier<Uni<Integer>> round) {
    return Uni.createFrom()
        .deferred(
            () -> {
              AtomicInteger all = new AtomicInteger();
              return Uni.createFrom()
                  .<Integer>deferred(() -> round.get())
                  .invoke(all::addAndGet)
                  .repeat()
                  .whilst(done -> done >= full)
                  .collect()
                  .last()
                  .map(last -> all.get());
            });
  }
}
