package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.AffiliatePlatform;
import io.siyu.mall.cps.affiliate.Platforms;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** What staff do about synchronisation. */
@ApplicationScoped
public class SyncCommands {

  private final Platforms platforms;
  private final Syncs syncs;
  private final SyncJobs jobs;

  SyncCommands(Platforms platforms, Syncs syncs, SyncJobs jobs) {
    this.platforms = platforms;
    this.syncs = syncs;
    this.jobs = jobs;
  }

  /** Queues a run, which begins once this is committed. */
  public Uni<Sync> start(SqlTransaction tx, Platform platform, String startedBy) {
    AffiliatePlatform wanted = platforms.require(platform);
    tx.afterCommit(() -> jobs.start(wanted));
    return syncs.queue(tx, platform, startedBy);
  }
}
