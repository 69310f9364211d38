package io.siyu.mall.distributor.policy;

import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** The versions of the attribution policy in the database; append only. */
@ApplicationScoped
public class Policies {

  /** The columns that {@link #read} wants, from a table or subquery {@code p}. */
  public static final String COLUMNS =
      "p.version, p.binding_mode, p.protected_days, p.touch_hours, p.self_purchase_earns,"
          + " p.effective_from, p.changed_by";

  /** The policy in force at a time, as a subquery {@code p} with the time as its parameter. */
  public static final String IN_FORCE =
      "(SELECT * FROM attribution_policies WHERE effective_from <= ?"
          + " ORDER BY version DESC LIMIT 1) p";

  private static final String ALL = "SELECT " + COLUMNS + " FROM attribution_policies p";

  private final SqlReader reader;
  private final Clock clock;

  Policies(Pool pool, Clock clock) {
    this.reader = SqlReader.of(pool);
    this.clock = clock;
  }

  /** What is wanted. */
  public record Wish(
      BindingMode mode, int protectedDays, int touchHours, boolean selfPurchaseEarns) {}

  /**
   * The policy in force, and what comes after it.
   *
   * @param replaced versions that had not begun and never will because of this one
   */
  public record Standing(
      AttributionPolicy policy,
      List<AttributionPolicy> scheduled,
      List<AttributionPolicy> replaced) {}

  /** The policy in force and those scheduled, outside of a transaction. */
  public Uni<Standing> standing() {
    Instant now = clock.instant();
    return reader
        .select(ALL)
        .map(Policies::timeline)
        .map(all -> new Standing(all.at(now).orElseThrow(), all.scheduled(now), List.of()));
  }

  /** All versions: which one was in force at a moment that has passed never changes. */
  public static Uni<Timeline<AttributionPolicy>> history(SqlReader from) {
    return from.select(ALL).map(Policies::timeline);
  }

  /** The policy in force. */
  public Uni<AttributionPolicy> current(SqlReader reader) {
    return reader
        .select("SELECT " + COLUMNS + " FROM " + IN_FORCE, clock.instant())
        .map(rows -> read(rows.get(0), 0));
  }

  /**
   * Adds a version.
   *
   * @param wishedFrom null: in force at once
   * @param replaces the versions that have not begun and never will because of this one
   * @throws DomainException REPLACES_SCHEDULED when these are others than were named
   */
  public Uni<Standing> change(
      SqlTransaction tx, Wish wish, Instant wishedFrom, Collection<Long> replaces, String by) {
    Instant now = clock.instant();
    Instant from = wishedFrom == null ? now : wishedFrom;
    Validation.start()
        .require(!from.isBefore(now), "effective_from", "must not be in the past")
        .check();
    return tx.select(ALL + " ORDER BY p.version FOR UPDATE")
        .map(Policies::timeline)
        .map(
            all -> {
              AttributionPolicy next =
                  new AttributionPolicy(
                      all.newest().version() + 1,
                      wish.mode(),
                      wish.protectedDays(),
                      wish.touchHours(),
                      wish.selfPurchaseEarns(),
                      from,
                      by);
              return new Standing(next, List.of(), all.replacedByConsent(from, now, replaces));
            })
        .call(standing -> insert(tx, standing.policy()));
  }

  private static Uni<Void> insert(SqlTransaction tx, AttributionPolicy next) {
    return tx.execute(
            "INSERT INTO attribution_policies (version, binding_mode, protected_days,"
                + " touch_hours, self_purchase_earns, effective_from, changed_by)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            next.version(),
            next.mode(),
            next.protectedDays(),
            next.touchHours(),
            next.selfPurchaseEarns() ? 1 : 0,
            next.effectiveFrom(),
            next.changedBy())
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            e -> new DomainException(Kind.ABORTED, "STALE_VERSION", "somebody else changed it"))
        .replaceWithVoid();
  }

  private static Timeline<AttributionPolicy> timeline(List<SqlRow> rows) {
    return new Timeline<>(rows.stream().map(row -> read(row, 0)).toList());
  }

  /** The policy in a row, its {@link #COLUMNS} from that position on. */
  public static AttributionPolicy read(SqlRow row, int at) {
    return new AttributionPolicy(
        row.number(at),
        BindingMode.valueOf(row.text(at + 1)),
        (int) row.number(at + 2),
        (int) row.number(at + 3),
        row.number(at + 4) != 0,
        row.instant(at + 5),
        row.text(at + 6));
  }
}
