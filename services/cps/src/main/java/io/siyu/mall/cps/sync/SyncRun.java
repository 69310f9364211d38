package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.ClawbackTime;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.affiliate.SyncRules;
import io.siyu.mall.cps.affiliate.TimeWindow;
import io.siyu.mall.cps.affiliate.WindowWalk;
import io.siyu.mall.cps.lease.Lease;
import io.siyu.mall.cps.order.Fence;
import io.siyu.mall.cps.order.TakeDocuments.Taken;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sync.Sync.Tally;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One run over one platform and what it has done so far; used by one chain at a time. While a page
 * is stored the next one is fetched and looked up, and no more than that one.
 */
final class SyncRun {

  private static final Logger LOG = Logger.getLogger(SyncRun.class);
  private static final int MOST_RECHECKS = 50;

  private final SyncPlatform with;
  private final Syncs syncs;
  private final AffiliatePlatform platform;
  private final Platform name;
  private final Lease lease;
  private final Fence fence;
  private final Sync sync;
  private final SyncRules rules;
  private BiFunction<TimeWindow, String, Uni<Fetched>> asked;
  private final WindowWalk windows =
      new WindowWalk(window -> pages(window, asked.apply(window, null), 0));
  private Tally tally = Tally.NONE;

  SyncRun(SyncPlatform with, AffiliatePlatform platform, Lease lease, Sync sync) {
    this.with = with;
    this.syncs = with.syncs();
    this.platform = platform;
    this.name = platform.platform();
    this.lease = lease;
    this.fence = tx -> with.leases().check(tx, lease);
    this.sync = sync;
    this.rules = platform.rules();
  }

  /** All questions; ends well or with what broke it off, and never fails because of that. */
  Uni<Sync> all() {
    return syncs
        .watermarks(name)
        .chain(this::questions)
        .chain(() -> recheck(MOST_RECHECKS))
        .chain(() -> recheckClawbacks(MOST_RECHECKS))
        .onItemOrFailure()
        .transformToUni((done, failure) -> end(failure));
  }

  private Uni<Sync> end(Throwable failure) {
    String error = failure == null ? "" : String.valueOf(failure.getMessage());
    if (failure != null) {
      LOG.warnf("the sync of %s broke off: %s", name, failure.toString());
    }
    with.metrics().ended(name, failure == null);
    return syncs.end(sync, tally, error).replaceWith(sync);
  }

  private Uni<Void> questions(Map<Question, Instant> watermarks) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Question question : Question.values()) {
      Duration longest = rules.longestWindow().get(question);
      if (longest != null) {
        all = all.chain(() -> question(question, watermarks.get(question), longest));
      }
    }
    return all;
  }

  private Uni<Void> question(Question question, Instant watermark, Duration longest) {
    Instant now = with.clock().instant();
    Instant from =
        watermark == null ? now.minus(rules.firstSync()) : watermark.minus(rules.overlap());
    return each(
        TimeWindow.slices(from, now, longest),
        window ->
            ask(question, window)
                .chain(() -> windowDone(tx -> syncs.advance(tx, name, question, window.to())))
                .invoke(() -> with.metrics().watermark(name, question, window.to())));
  }

  private Uni<Void> windowDone(Function<SqlTransaction, Uni<Void>> and) {
    tally = tally.window();
    return with.leases()
        .fenced(lease, tx -> and.apply(tx).chain(() -> syncs.progress(tx, sync, tally)));
  }

  private Uni<Void> ask(Question question, TimeWindow window) {
    return question == Question.CLAWBACKS
        ? ask((part, page) -> clawbacks(ClawbackTime.UPDATED, part, page), window)
        : ask((part, page) -> orders(question, part, page), window);
  }

  private Uni<Void> ask(BiFunction<TimeWindow, String, Uni<Fetched>> source, TimeWindow window) {
    asked = source;
    return windows.walk(window).replaceWithVoid();
  }

  private Uni<Integer> pages(TimeWindow window, Uni<Fetched> coming, int before) {
    return coming.chain(
        page -> {
          Uni<Fetched> following =
              page.next() == null ? null : ahead(asked.apply(window, page.next()));
          return store(page)
              .chain(
                  () ->
                      following == null
                          ? Uni.createFrom().item(before + 1)
                          : pages(window, following, before + 1));
        });
  }

  /**
   * A page, ready to be stored.
   *
   * @param next what to ask the following one with; null on the last one
   */
  private record Fetched(List<String> unreadable, String next, Supplier<Uni<Taken>> store) {}

  private Uni<Fetched> clawbacks(ClawbackTime by, TimeWindow window, String page) {
    return platform
        .clawbacks(by, window, page)
        .map(
            batch ->
                new Fetched(
                    batch.unreadable(),
                    batch.next(),
                    () -> with.takeClawbacks().take(name, batch.entries(), fence)));
  }

  private Uni<Fetched> orders(Question question, TimeWindow window, String page) {
    return platform
        .orders(question, window, page)
        .chain(
            batch ->
                with.lookUp()
                    .lookUp(name, batch.entries())
                    .map(
                        found ->
                            new Fetched(
                                batch.unreadable(),
                                batch.next(),
                                () -> with.take().orders(found, fence))));
  }

  /** Begins at once; what comes of it, also a failure, is seen when its turn comes. */
  private static <T> Uni<T> ahead(Uni<T> work) {
    Uni<T> running = work.memoize().indefinitely();
    running.subscribe().with(item -> {}, failure -> {});
    return running;
  }

  private Uni<Void> store(Fetched page) {
    page.unreadable()
        .forEach(one -> LOG.errorf("a document of %s cannot be understood: %s", name, one));
    return page.store()
        .get()
        .invoke(
            taken -> {
              tally = tally.page(taken.documents(), taken.changed());
              with.metrics().page(name, taken, page.unreadable().size());
            })
        .replaceWithVoid();
  }

  /** Orders that nothing was heard of for long: their windows once more, oldest first. */
  private Uni<Void> recheck(int most) {
    Instant now = with.clock().instant();
    Duration longest = rules.longestWindow().get(Question.CREATED);
    if (most == 0 || longest == null) {
      return Uni.createFrom().voidItem();
    }
    return syncs
        .oldestToRecheck(name, now.minus(rules.recheckAfter()), now.minus(rules.recheckEvery()))
        .chain(
            oldest ->
                oldest.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : recheck(new TimeWindow(oldest.get(), oldest.get().plus(longest)), now)
                        .chain(() -> recheck(most - 1)));
  }

  private Uni<Void> recheck(TimeWindow window, Instant now) {
    return ask(Question.CREATED, window)
        .chain(() -> windowDone(tx -> syncs.rechecked(tx, name, window.from(), window.to(), now)));
  }

  /** Claw-backs that are not decided: the windows in which they were raised, oldest first. */
  private Uni<Void> recheckClawbacks(int most) {
    Instant now = with.clock().instant();
    Duration longest = rules.longestWindow().get(Question.CLAWBACKS);
    if (most == 0 || longest == null) {
      return Uni.createFrom().voidItem();
    }
    Instant before = now.minus(rules.recheckEvery());
    return syncs
        .oldestClawbackToRecheck(name, before)
        .chain(
            oldest ->
                oldest.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : recheckClawbacks(
                            new TimeWindow(oldest.get(), oldest.get().plus(longest)), now)
                        .chain(() -> recheckClawbacks(most - 1)));
  }

  private Uni<Void> recheckClawbacks(TimeWindow window, Instant now) {
    return ask((part, page) -> clawbacks(ClawbackTime.RAISED, part, page), window)
        .chain(
            () ->
                windowDone(
                    tx -> syncs.clawbacksRechecked(tx, name, window.from(), window.to(), now)));
  }

  private static Uni<Void> each(List<TimeWindow> windows, Function<TimeWindow, Uni<Void>> work) {
    return Multi.createFrom()
        .iterable(windows)
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
