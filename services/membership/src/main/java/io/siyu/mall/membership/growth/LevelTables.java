package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.dated.Dated;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The versions of the levels, read from the database at most once a minute. */
@ApplicationScoped
public class LevelTables {

  private static final long KEEP_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String SELECT =
      "SELECT t.version, t.effective_from, t.valid_months, l.level, l.name, l.from_value"
          + " FROM level_tables t JOIN levels l ON l.version = t.version"
          + " ORDER BY t.version, l.level";

  private final Clock clock;
  private volatile Versions known;

  @Inject
  LevelTables(Clock clock) {
    this.clock = clock;
  }

  /** The version in force now. */
  public Uni<LevelTable> current(SqlTransaction tx) {
    return versions(tx).map(v -> v.at(clock.instant()));
  }

  /** All versions by number. */
  public Uni<Map<Integer, LevelTable>> all(SqlTransaction tx) {
    return versions(tx).map(Versions::byNumber);
  }

  private Uni<Versions> versions(SqlTransaction tx) {
    Versions last = known;
    if (last != null && System.nanoTime() - last.readAt < KEEP_NANOS) {
      return Uni.createFrom().item(last);
    }
    return tx.select(SELECT).map(LevelTables::read).invoke(fresh -> known = fresh);
  }

  private static Versions read(List<SqlRow> rows) {
    Map<Integer, List<Level>> levels = new TreeMap<>();
    Map<Integer, SqlRow> tables = new TreeMap<>();
    for (SqlRow row : rows) {
      int version = (int) row.number(0);
      tables.put(version, row);
      levels
          .computeIfAbsent(version, v -> new ArrayList<>())
          .add(new Level((int) row.number(3), row.text(4), row.number(5)));
    }
    Map<Integer, LevelTable> byNumber = new TreeMap<>();
    List<Begins> begins = new ArrayList<>();
    tables.forEach(
        (version, row) -> {
          Period validFor = Period.ofMonths((int) row.number(2));
          LevelTable table = new LevelTable(version, levels.get(version), validFor);
          byNumber.put(version, table);
          begins.add(new Begins(table, row.instant(1)));
        });
    return new Versions(byNumber, new Timeline<>(begins), System.nanoTime());
  }

  private record Begins(LevelTable table, Instant effectiveFrom) implements Dated {
    @Override
    public long version() {
      return table.version();
    }
  }

  private record Versions(
      Map<Integer, LevelTable> byNumber, Timeline<Begins> timeline, long readAt) {

    LevelTable at(Instant now) {
      return timeline
          .at(now)
          .map(Begins::table)
          .orElseThrow(() -> new IllegalStateException("no version of the levels is in force"));
    }
  }
}
