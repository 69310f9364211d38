package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.job.Rounds;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Derives levels again from the facts and compares them with what is stored. */
@ApplicationScoped
public class GrowthAudit {

  private static final int BATCH = 500;

  private final LevelTables tables;

  @Inject
  GrowthAudit(LevelTables tables) {
    this.tables = tables;
  }

  /** A level that does not follow from the member's facts. */
  public record WrongLevel(UUID memberId, Standing expected, Standing actual) {}

  /** What was found over all accounts. */
  public record Levels(long compared, List<WrongLevel> wrong) {}

  /** Looks at all accounts, in batches. */
  public Uni<Levels> levels(SqlTransaction sql) {
    List<WrongLevel> wrong = new ArrayList<>();
    AtomicReference<UUID> last = new AtomicReference<>(new UUID(0, 0));
    return tables
        .all(sql)
        .flatMap(versions -> Rounds.whileFull(BATCH, () -> batch(sql, versions, last, wrong)))
        .map(compared -> new Levels(compared, wrong));
  }

  /**
   * @param last whom the batch before ended with, and then whom this one ended with
   */
  private Uni<Integer> batch(
      SqlTransaction sql,
      Map<Integer, LevelTable> versions,
      AtomicReference<UUID> last,
      List<WrongLevel> wrong) {
    UUID after = last.get();
    return sql.select(
            "SELECT member_id, level, valid_until, table_version, evaluated_at"
                + " FROM growth_accounts WHERE member_id > ? ORDER BY member_id LIMIT "
                + BATCH,
            after)
        .flatMap(
            accounts -> {
              if (accounts.isEmpty()) {
                return Uni.createFrom().item(0);
              }
              last.set(accounts.get(accounts.size() - 1).uuid(0));
              return facts(sql, after, last.get())
                  .invoke(facts -> accounts.forEach(a -> compare(a, facts, versions, wrong)))
                  .replaceWith(accounts.size());
            });
  }

  private static Uni<Map<UUID, List<GrowthFact>>> facts(SqlTransaction sql, UUID after, UUID last) {
    return sql.select(
            "SELECT id, source, source_id, order_id, amount, happened_at, delta, member_id"
                + " FROM growth_entries WHERE member_id > ? AND member_id <= ?",
            after,
            last)
        .map(
            rows -> {
              Map<UUID, List<GrowthFact>> byMember = new HashMap<>();
              for (SqlRow row : rows) {
                byMember
                    .computeIfAbsent(row.uuid(7), m -> new ArrayList<>())
                    .add(SqlGrowthAccounts.entry(row).fact());
              }
              return byMember;
            });
  }

  private static void compare(
      SqlRow account,
      Map<UUID, List<GrowthFact>> facts,
      Map<Integer, LevelTable> versions,
      List<WrongLevel> wrong) {
    UUID member = account.uuid(0);
    Standing actual = new Standing((int) account.number(1), account.instant(2));
    Instant asOf = account.instant(4);
    Standing expected =
        Optional.ofNullable(versions.get((int) account.number(3)))
            .map(table -> Standing.of(facts.getOrDefault(member, List.of()), table, asOf))
            .orElse(Standing.NEW);
    if (!expected.equals(actual)) {
      wrong.add(new WrongLevel(member, expected, actual));
    }
  }
}
