package io.siyu.mall.cps.affiliate;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Asks for stretches of time so that each fits what a platform's paging can reach. A window that
 * turns out {@linkplain WindowTooFull too full} is asked for in parts, and so are the later ones of
 * its length, without trying: what was read of a window until it was known to be too full is read
 * again. A window whose parts together would have fitted ends that. Used by one chain at a time.
 */
public final class WindowWalk {

  private final Function<TimeWindow, Uni<Integer>> ask;
  private Duration longest = Duration.ofDays(100_000);

  /**
   * @param ask reads a window and gives the number of its pages; fails with {@link WindowTooFull}
   *     after as many pages as the platform gives
   */
  public WindowWalk(Function<TimeWindow, Uni<Integer>> ask) {
    this.ask = ask;
  }

  /**
   * Reads all of a window.
   *
   * @return the number of its pages
   */
  public Uni<Integer> walk(TimeWindow window) {
    return window.length().compareTo(longest) > 0
        ? inParts(window)
        : ask.apply(window).onFailure(WindowTooFull.class).recoverWithUni(() -> inParts(window));
  }

  private Uni<Integer> inParts(TimeWindow window) {
    List<TimeWindow> parts = window.parts();
    Duration part = parts.get(0).length();
    longest = part.compareTo(longest) < 0 ? part : longest;
    return Multi.createFrom()
        .iterable(parts)
        .onItem()
        .transformToUniAndConcatenate(this::walk)
        .collect()
        .with(java.util.stream.Collectors.summingInt(pages -> pages))
        .invoke(pages -> heard(window, parts.size(), pages));
  }

  /** Little was there: hardly a page in each of the parts. */
  private void heard(TimeWindow window, int parts, int pages) {
    if (pages <= 2 * parts && window.length().compareTo(longest) > 0) {
      longest = window.length();
    }
  }
}
