package io.siyu.mall.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Outside orders brought in by the running platform's own sync, from the sandbox's pages to the
 * distributor's ledger, against plain multi-row inserts of the same rows on the same server; the
 * two take turns.
 */
@Command(name = "cps", description = "Outside orders imported per second, against plain inserts.")
final class Cps implements Callable<Integer> {

  /** Rows of one statement of the floor; as many as a page of the platform has. */
  private static final int ROWS = 100;

  private static final String SETTINGS = "/sandbox/taobao/settings";
  private static final long NO_THROTTLE = 1_000_000;

  /** Within the ten minutes that every sync looks back. */
  private static final long SPREAD_SECONDS = 300;

  private static final long POLL_MILLIS = 250;

  /** Looking costs the database time too, and looking late makes the import seem slower. */
  private static final int PAUSE_PER_LOOK = 4;

  private static final long LONGEST_PAUSE_MILLIS = 500;

  private static final long PATIENCE_SECONDS = 120;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  private int count;
  private int rounds;

  @Option(
      names = "--orders",
      defaultValue = "200000",
      description = "Orders to import in all (default ${DEFAULT-VALUE}).")
  void orders(int wanted) {
    count = positive("--orders", wanted);
  }

  @Option(
      names = "--rounds",
      defaultValue = "4",
      description = "Turns of platform and floor, against drifts (default ${DEFAULT-VALUE}).")
  void rounds(int wanted) {
    rounds = positive("--rounds", wanted);
  }

  private int positive(String option, int wanted) {
    if (wanted < 1) {
      throw new ParameterException(spec.commandLine(), option + " must be at least 1");
    }
    return wanted;
  }

  /** The orders of each round; the last one takes the rest. */
  static List<Integer> shares(int count, int rounds) {
    int most = Math.min(rounds, count);
    List<Integer> shares = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      shares.add(i < most - 1 ? count / most : count - count / most * (most - 1));
    }
    return shares;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    Api sandbox = new Api(Options.sandbox(), null);
    // Asking for nothing tells how it is.
    long throttle = sandbox.post(SETTINGS, Map.of()).path("callsPerSecond").asLong();
    sandbox.post(SETTINGS, Map.of("callsPerSecond", NO_THROTTLE));
    CpsRounds measured = new CpsRounds();
    try {
      for (int share : shares(count, rounds)) {
        round(sandbox, share, measured);
      }
    } finally {
      sandbox.post(SETTINGS, Map.of("callsPerSecond", throttle));
    }
    measured.result(ROWS).print(json);
    return 0;
  }

  private static void round(Api sandbox, int share, CpsRounds into)
      throws IOException, SQLException {
    CpsSeller seller = CpsSeller.join();
    try (PlainCps plain = new PlainCps(seller.distributorId())) {
      Instant to = Instant.ofEpochSecond(Instant.now().getEpochSecond());
      Instant from = to.minusSeconds(SPREAD_SECONDS);
      long statements = plain.statements();
      CpsProgress progress;
      try {
        long start = System.nanoTime();
        batch(sandbox, seller, from, to, share);
        startSync();
        progress = await(plain, start, share);
        statements = plain.statements() - statements;
      } finally {
        // The sync looks ten minutes back each time; it shall not read them all beside the floor.
        batch(sandbox, seller, from, to, 1);
      }
      awaitQuiet(plain);
      Measured floor = new Measured();
      plain.run(ROWS, floor);
      into.add(share, progress, statements, floor);
    }
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

  private static CpsProgress await(PlainCps plain, long start, int share)
      throws IOException, SQLException {
    CpsProgress progress = new CpsProgress(share, TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
    long pause = TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS);
    while (!progress.isPosted()) {
      LockSupport.parkNanos(pause);
      long looked = System.nanoTime();
      long orders = progress.isSynced() ? share : plain.orders();
      long booked = plain.booked();
      long now = System.nanoTime();
      progress.seen(now - start, orders, booked);
      if (progress.standsStillAt(now - start)) {
        throw new IOException(
            "the import stands still at " + orders + " orders, " + booked + " in the ledger");
      }
      pause = pause(now - looked);
    }
    return progress;
  }

  /** After a look that took so long; both in nanoseconds. */
  static long pause(long look) {
    return Math.min(
        TimeUnit.MILLISECONDS.toNanos(LONGEST_PAUSE_MILLIS),
        Math.max(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS), PAUSE_PER_LOOK * look));
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
}
