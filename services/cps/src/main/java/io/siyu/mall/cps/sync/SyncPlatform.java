package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.lease.Lease;
import io.siyu.mall.cps.lease.Leases;
import io.siyu.mall.cps.order.LookUpDocuments;
import io.siyu.mall.cps.order.TakeClawbacks;
import io.siyu.mall.cps.order.TakeDocuments;
import io.siyu.mall.cps.platform.OutsideClock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Brings in what is new at one platform: each question from its watermark, less an overlap, in
 * windows of the platform's size, page by page; then open orders and claw-backs that have grown
 * old. What a window brought is committed before the watermark passes it, so a run that breaks off
 * loses nothing, and one that repeats changes nothing. A lease keeps runs apart.
 */
@ApplicationScoped
public class SyncPlatform {

  private final Leases leases;
  private final Syncs syncs;
  private final LookUpDocuments lookUp;
  private final TakeDocuments take;
  private final TakeClawbacks takeClawbacks;
  private final SyncMetrics metrics;
  private final OutsideClock clock;

  SyncPlatform(
      Leases leases,
      Syncs syncs,
      LookUpDocuments lookUp,
      TakeDocuments take,
      TakeClawbacks takeClawbacks,
      SyncMetrics metrics,
      OutsideClock clock) {
    this.leases = leases;
    this.syncs = syncs;
    this.lookUp = lookUp;
    this.take = take;
    this.takeClawbacks = takeClawbacks;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Runs once.
   *
   * @return empty if another run is at it; never fails because of the platform: the run does
   */
  public Uni<Optional<Sync>> run(AffiliatePlatform platform, String startedBy) {
    return leases
        .take(platform.platform().name())
        .chain(
            lease ->
                lease
                    .map(mine -> run(platform, startedBy, mine).map(Optional::of))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Sync> run(AffiliatePlatform platform, String startedBy, Lease lease) {
    return leases.hold(
        lease,
        () ->
            leases
                .fenced(lease, tx -> syncs.begin(tx, platform.platform(), startedBy))
                .chain(sync -> new SyncRun(this, platform, lease, sync).all()));
  }

  Leases leases() {
    return leases;
  }

  Syncs syncs() {
    return syncs;
  }

  LookUpDocuments lookUp() {
    return lookUp;
  }

  TakeDocuments take() {
    return take;
  }

  TakeClawbacks takeClawbacks() {
    return takeClawbacks;
  }

  SyncMetrics metrics() {
    return metrics;
  }

  OutsideClock clock() {
    return clock;
  }
}
