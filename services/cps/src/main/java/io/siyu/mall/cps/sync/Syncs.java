package io.siyu.mall.cps.sync;

import io.siyu.mall.cps.affiliate.Question;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sync.Sync.Tally;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Stores runs and watermarks. */
@ApplicationScoped
public class Syncs {

  static final String COLUMNS =
      "SELECT id, platform, state, started_by, windows, pages, documents, changed, error,"
          + " started_at, ended_at FROM syncs";
  private static final int ERROR = 1_000;

  private final Pool pool;
  private final SqlReader reader;
  private final Clock clock;

  Syncs(Pool pool, SqlReader reader, Clock clock) {
    this.pool = pool;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Begins a run: the one that is queued, else a new one. Runs that were cut off by a crash are
   * ended first; whoever holds the lease may say so.
   */
  public Uni<Sync> begin(SqlTransaction tx, Platform platform, String startedBy) {
    Instant now = clock.instant();
    return tx.execute(
            "UPDATE syncs SET state = 'FAILED', error = 'interrupted', ended_at = ?"
                + " WHERE platform = ? AND state = 'RUNNING'",
            now,
            platform)
        .chain(() -> unfinished(tx, platform))
        .chain(
            queued ->
                queued.isPresent()
                    ? tx.execute(
                            "UPDATE syncs SET state = 'RUNNING', started_at = ? WHERE id = ?",
                            now,
                            queued.get().id())
                        .replaceWith(queued.get())
                    : insert(tx, platform, startedBy, now));
  }

  private static Uni<Sync> insert(
      SqlTransaction tx, Platform platform, String startedBy, Instant now) {
    Sync sync =
        new Sync(Ids.next(), platform, SyncState.RUNNING, startedBy, Tally.NONE, "", now, null);
    return tx.execute(INSERT, params(sync)).replaceWith(sync);
  }

  private static final String INSERT =
      "INSERT INTO syncs (id, platform, state, started_by, windows, pages, documents, changed,"
          + " error, started_at) VALUES (?, ?, ?, ?, 0, 0, 0, 0, '', ?)";

  private static Object[] params(Sync sync) {
    return new Object[] {
      sync.id(), sync.platform(), sync.state(), sync.startedBy(), sync.startedAt()
    };
  }

  /** Queues a run, or gives the one that is queued or runs already. */
  public Uni<Sync> queue(SqlTransaction tx, Platform platform, String startedBy) {
    Sync fresh =
        new Sync(
            Ids.next(),
            platform,
            SyncState.QUEUED,
            startedBy,
            Tally.NONE,
            "",
            clock.instant(),
            null);
    return unfinished(tx, platform)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : tx.execute(INSERT, params(fresh)).replaceWith(fresh));
  }

  private static Uni<Optional<Sync>> unfinished(SqlReader from, Platform platform) {
    return from.select(
            COLUMNS + " WHERE platform = ? AND state IN ('QUEUED', 'RUNNING') ORDER BY id LIMIT 1",
            platform)
        .map(rows -> rows.stream().map(Syncs::sync).findFirst());
  }

  /** What the run has done so far. */
  public Uni<Void> progress(SqlTransaction tx, Sync sync, Tally tally) {
    return tx.execute(
            "UPDATE syncs SET windows = ?, pages = ?, documents = ?, changed = ? WHERE id = ?",
            tally.windows(),
            tally.pages(),
            tally.documents(),
            tally.changed(),
            sync.id())
        .replaceWithVoid();
  }

  /**
   * Ends the run, unless somebody who found it interrupted has ended it before; an empty error
   * means that all went well.
   */
  public Uni<Void> end(Sync sync, Tally tally, String error) {
    SyncState state = error.isEmpty() ? SyncState.SUCCEEDED : SyncState.FAILED;
    return pool.preparedQuery(
            "UPDATE syncs SET state = ?, error = ?, ended_at = ?, windows = ?, pages = ?,"
                + " documents = ?, changed = ? WHERE id = ? AND state = 'RUNNING'")
        .execute(
            SqlParams.tuple(
                state,
                Excerpt.of(error, ERROR),
                clock.instant(),
                tally.windows(),
                tally.pages(),
                tally.documents(),
                tally.changed(),
                sync.id()))
        .replaceWithVoid();
  }

  /** How far each question has come. */
  public Uni<Map<Question, Instant>> watermarks(Platform platform) {
    return reader
        .select("SELECT question, watermark FROM sync_cursors WHERE platform = ?", platform)
        .map(
            rows -> {
              Map<Question, Instant> found = new EnumMap<>(Question.class);
              rows.forEach(row -> found.put(Question.valueOf(row.text(0)), row.instant(1)));
              return found;
            });
  }

  /** Moves a watermark forwards; never back. */
  public Uni<Void> advance(SqlTransaction tx, Platform platform, Question question, Instant to) {
    return tx.execute(
            "INSERT INTO sync_cursors (platform, question, watermark) VALUES (?, ?, ?)"
                + " ON DUPLICATE KEY UPDATE watermark = GREATEST(watermark, VALUES(watermark))",
            platform,
            question,
            to)
        .replaceWithVoid();
  }

  /** When the oldest claw-back that is not decided was raised that should be asked for again. */
  public Uni<Optional<Instant>> oldestClawbackToRecheck(Platform platform, Instant before) {
    return reader
        .select(
            "SELECT MIN(raised_at) FROM clawbacks WHERE platform = ? AND state = 'OPEN'"
                + " AND raised_at < ? AND (asked_at IS NULL OR asked_at < ?)",
            platform,
            before,
            before)
        .map(rows -> Optional.ofNullable(rows.get(0).instant(0)));
  }

  /** Open claw-backs of the window have been asked for again. */
  public Uni<Void> clawbacksRechecked(
      SqlTransaction tx, Platform platform, Instant from, Instant to, Instant at) {
    return tx.execute(
            "UPDATE clawbacks SET asked_at = ? WHERE platform = ? AND state = 'OPEN'"
                + " AND raised_at BETWEEN ? AND ?",
            at,
            platform,
            from,
            to)
        .replaceWithVoid();
  }

  /** When the oldest open order was made that should be asked for again. */
  public Uni<Optional<Instant>> oldestToRecheck(
      Platform platform, Instant madeBefore, Instant notAskedSince) {
    return reader
        .select(
            "SELECT MIN(created_at) FROM cps_orders WHERE platform = ?"
                + " AND state IN ('PAID', 'RECEIVED') AND created_at < ?"
                + " AND (asked_at IS NULL OR asked_at < ?)",
            platform,
            madeBefore,
            notAskedSince)
        .map(rows -> Optional.ofNullable(rows.get(0).instant(0)));
  }

  /** Open orders of the window have been asked for again. */
  public Uni<Void> rechecked(
      SqlTransaction tx, Platform platform, Instant from, Instant to, Instant at) {
    return tx.execute(
            "UPDATE cps_orders SET asked_at = ? WHERE platform = ?"
                + " AND state IN ('PAID', 'RECEIVED') AND created_at BETWEEN ? AND ?",
            at,
            platform,
            from,
            to)
        .replaceWithVoid();
  }

  static Sync sync(SqlRow row) {
    return new Sync(
        row.uuid(0),
        Platform.valueOf(row.text(1)),
        SyncState.valueOf(row.text(2)),
        row.text(3),
        new Tally(row.number(4), row.number(5), row.number(6), row.number(7)),
        row.text(8),
        row.instant(9),
        row.instant(10));
  }
}
