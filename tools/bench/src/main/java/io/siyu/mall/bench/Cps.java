package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Outside orders brought in by the running platform's own sync, from the sandbox's pages to the
 * distributor's ledger, against plain multi-row inserts of the same rows on the same server.
 */
@Command(name = "cps", description = "Outside orders imported per second, against plain inserts.")
final class Cps implements Callable<Integer> {

  /** Rows of one statement of the floor; as many as a page of the platform has. */
  private static final int ROWS = 100;

  private static final long NO_THROTTLE = 1_000_000;
  private static final long SPREAD_SECONDS = 120;
  private static final long POLL_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 120;
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Option(
      names = "--orders",
      defaultValue = "200000",
      description = "Orders to import (default ${DEFAULT-VALUE}).")
  private int count;

  @Override
  public Integer call() throws IOException, SQLException {
    CpsSeller seller = CpsSeller.join();
    Api sandbox = new Api(Options.sandbox(), null);
    sandbox.post("/sandbox/taobao/settings", Map.of("callsPerSecond", NO_THROTTLE));
    try (PlainCps plain = new PlainCps(seller.distributorId())) {
      Instant to = Instant.ofEpochSecond(Instant.now().getEpochSecond());
      Instant from = to.minusSeconds(SPREAD_SECONDS);
      long start = System.nanoTime();
      batch(sandbox, seller, from, to, count);
      startSync();
      Progress progress = await(plain, start);
      // The sync looks ten minutes back each time; it shall not read them all beside the floor.
      batch(sandbox, seller, from, to, 1);
      awaitQuiet(plain);
      Measured floor = new Measured();
      plain.run(ROWS, floor);
      print(progress, floor);
    }
    return 0;
  }

  private static void batch(Api sandbox, CpsSeller seller, Instant from, Instant to, int orders)
      throws IOException {
    sandbox.post(
        "/sandbox/taobao/batches",
        Map.of(
            "count",
            orders,
            "from",
            from.toString(),
            "to",
            to.toString(),
            "relationIds",
            List.of(seller.relationId())));
  }

  /**
   * At once; a run that has just begun by itself may have missed the orders, the next one does not.
   */
  private static void startSync() throws IOException {
    try {
      Api.staff("platform-admin").post("/admin/v1/cps/syncs", Map.of("platform", "TAOBAO"));
    } catch (IOException refused) {
      if (!String.valueOf(refused.getMessage()).contains("409")) {
        throw refused;
      }
    }
  }

  /** When how much was done, in nanoseconds after the start. */
  private static final class Progress {
    private final Measured platform = new Measured();
    private long half;
    private long nearlyAll;
    private long synced;
    private long posted;
  }

  private Progress await(PlainCps plain, long start) throws IOException, SQLException {
    Progress progress = new Progress();
    long before = -1;
    long moved = start;
    while (progress.posted == 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
      long orders = progress.synced > 0 ? count : plain.orders();
      long booked = plain.booked();
      long now = System.nanoTime() - start;
      progress.synced = progress.synced == 0 && orders >= count ? now : progress.synced;
      progress.half = progress.half == 0 && booked >= count / 2 ? now : progress.half;
      progress.nearlyAll =
          progress.nearlyAll == 0 && booked >= count * 99L / 100 ? now : progress.nearlyAll;
      progress.posted = booked >= count ? now : 0;
      if (orders + booked > before) {
        before = orders + booked;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IOException(
            "the import stands still at " + orders + " orders, " + booked + " in the ledger");
      }
    }
    progress.platform.took(progress.posted);
    return progress;
  }

  /** Until the run that imported has also asked its other questions. */
  private static void awaitQuiet(PlainCps plain) throws IOException, SQLException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (plain.isSyncing()) {
      if (System.nanoTime() > end) {
        throw new IOException("the sync that imported the orders does not end");
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
    }
  }

  private void print(Progress progress, Measured floor) throws IOException {
    double rate = count / (progress.posted / NANOS);
    double plain = count / floor.seconds();
    new Result("cps", progress.platform, floor)
        .put("rate", rate)
        .put("floor", plain)
        .put("ratio", rate / plain)
        .put("p50Ms", progress.half / NANOS * MILLIS)
        .put("p99Ms", progress.nearlyAll / NANOS * MILLIS)
        .put("orders", count)
        .put("rowsPerStatement", ROWS)
        .put("syncedPerSecond", count / (progress.synced / NANOS))
        .put("postedPerSecond", rate)
        .put("importSeconds", progress.posted / NANOS)
        .print(json);
  }
}
