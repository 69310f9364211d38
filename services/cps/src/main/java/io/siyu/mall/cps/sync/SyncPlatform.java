package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Batch;
import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.affiliate.SyncRules;
import io.siyu.mall.cps.affiliate.TimeWindow;
import io.siyu.mall.cps.affiliate.WindowTooFull;
import io.siyu.mall.cps.order.TakeDocuments;
import io.siyu.mall.cps.order.TakeDocuments.Taken;
import io.siyu.mall.cps.platform.OutsideClock;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sync.Sync.Tally;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Brings in what is new at one platform: each question from its watermark, less an overlap, in
 * windows of the platform's size, page by page; then open orders that have grown old. What a window
 * brought is committed before the watermark passes it, so a run that breaks off loses nothing, and
 * one that repeats changes nothing. A lease keeps the replicas apart.
 */
@ApplicationScoped
public class SyncPlatform {

  private static final Logger LOG = Logger.getLogger(SyncPlatform.class);

  /** Longer than a page with all its attempts takes. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final int MOST_RECHECKS = 50;

  private final Syncs syncs;
  private final TakeDocuments take;
  private final SyncMetrics metrics;
  private final OutsideClock clock;

  SyncPlatform(Syncs syncs, TakeDocuments take, SyncMetrics metrics, OutsideClock clock) {
    this.syncs = syncs;
    this.take = take;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Runs once.
   *
   * @return empty if another replica is at it; never fails because of the platform: the run does
   */
  public Uni<Optional<Sync>> run(AffiliatePlatform platform, String startedBy) {
    UUID owner = UUID.randomUUID();
    return syncs
        .lease(platform.platform(), owner, LEASE)
        .chain(
            mine ->
                mine
                    ? syncs
                        .begin(platform.platform(), startedBy)
                        .chain(sync -> new Run(platform, owner, sync).all())
                        .map(Optional::of)
                        .eventually(() -> syncs.release(platform.platform(), owner))
                    : Uni.createFrom().item(Optional.empty()));
  }

  /** One run and what it has done so far; used by one chain at a time. */
  private final class Run {
    private final AffiliatePlatform platform;
    private final Platform name;
    private final UUID owner;
    private final Sync sync;
    private final SyncRules rules;
    private Tally tally = Tally.NONE;

    Run(AffiliatePlatform platform, UUID owner, Sync sync) {
      this.platform = platform;
      this.name = platform.platform();
      this.owner = owner;
      this.sync = sync;
      this.rules = platform.rules();
    }

    Uni<Sync> all() {
      return syncs
          .watermarks(name)
          .chain(this::questions)
          .chain(() -> recheck(MOST_RECHECKS))
          .onItemOrFailure()
          .transformToUni((done, failure) -> end(failure));
    }

    private Uni<Sync> end(Throwable failure) {
      String error = failure == null ? "" : String.valueOf(failure.getMessage());
      if (failure != null) {
        LOG.warnf("the sync of %s broke off: %s", name, failure.toString());
      }
      metrics.ended(name, failure == null);
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
      Instant now = clock.instant();
      return from(question, watermark, now)
          .chain(
              from ->
                  each(
                      TimeWindow.slices(from, now, longest),
                      window ->
                          ask(question, window)
                              .chain(() -> syncs.advance(name, question, window.to()))
                              .invoke(() -> metrics.watermark(name, question, window.to()))
                              .chain(this::windowDone)));
    }

    private Uni<Instant> from(Question question, Instant watermark, Instant now) {
      Instant from =
          watermark == null ? now.minus(rules.firstSync()) : watermark.minus(rules.overlap());
      if (question != Question.CLAWBACKS) {
        return Uni.createFrom().item(from);
      }
      return syncs
          .oldestOpenClawback(name)
          .map(open -> open.filter(at -> at.isBefore(from)).orElse(from));
    }

    private Uni<Void> windowDone() {
      tally = tally.window();
      return syncs.progress(sync, tally);
    }

    private Uni<Void> ask(Question question, TimeWindow window) {
      return page(question, window, null)
          .onFailure(WindowTooFull.class)
          .recoverWithUni(() -> each(window.parts(), part -> ask(question, part)));
    }

    private Uni<Void> page(Question question, TimeWindow window, String page) {
      return keepLease()
          .chain(
              () ->
                  question == Question.CLAWBACKS
                      ? platform
                          .clawbacks(window, page)
                          .chain(batch -> take(batch, take.clawbacks(batch.entries())))
                      : platform
                          .orders(question, window, page)
                          .chain(batch -> take(batch, take.orders(name, batch.entries()))))
          .chain(
              next ->
                  next.isEmpty()
                      ? Uni.createFrom().voidItem()
                      : page(question, window, next.get()));
    }

    private Uni<Optional<String>> take(Batch<?> batch, Uni<Taken> taking) {
      batch
          .unreadable()
          .forEach(one -> LOG.errorf("a document of %s cannot be understood: %s", name, one));
      return taking
          .invoke(
              taken -> {
                tally = tally.page(taken.documents(), taken.changed());
                metrics.page(name, taken, batch.unreadable().size());
              })
          .map(taken -> Optional.ofNullable(batch.next()));
    }

    private Uni<Void> keepLease() {
      return syncs
          .lease(name, owner, LEASE)
          .invoke(
              mine -> {
                if (!mine) {
                  throw new IllegalStateException("another replica has taken the platform over");
                }
              })
          .replaceWithVoid();
    }

    /** Orders that nothing was heard of for long: their windows once more, oldest first. */
    private Uni<Void> recheck(int most) {
      Instant now = clock.instant();
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
          .chain(() -> syncs.rechecked(name, window.from(), window.to(), now))
          .chain(this::windowDone);
    }
  }

  private static Uni<Void> each(
      List<TimeWindow> windows, java.util.function.Function<TimeWindow, Uni<Void>> work) {
    return io.smallrye.mutiny.Multi.createFrom()
        .items(Arrays.stream(windows.toArray(TimeWindow[]::new)))
        .onItem()
        .transformToUniAndConcatenate(work::apply)
        .collect()
        .last()
        .replaceWithVoid();
  }
}
