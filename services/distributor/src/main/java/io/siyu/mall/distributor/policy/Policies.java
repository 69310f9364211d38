package io.siyu.mall.distributor.policy;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** The versions of the attribution policy in the database; append only. */
@ApplicationScoped
public class Policies {

  /** The columns that {@link #read} wants, from a table or subquery {@code p}. */
  public static final String COLUMNS =
      "p.version, p.binding_mode, p.protected_days, p.touch_hours, p.self_purchase_earns,"
          + " p.effective_from, p.changed_by";

  private static final String NEWEST =
      "SELECT " + COLUMNS + " FROM attribution_policies p ORDER BY p.version DESC LIMIT 1";

  private final SqlReader reader;
  private final Clock clock;

  Policies(Pool pool, Clock clock) {
    this.reader = SqlReader.of(pool);
    this.clock = clock;
  }

  /** The policy in force, outside of a transaction. */
  public Uni<AttributionPolicy> current() {
    return current(reader);
  }

  /** The policy in force. */
  public Uni<AttributionPolicy> current(SqlReader reader) {
    return reader.select(NEWEST).map(rows -> read(rows.get(0), 0));
  }

  /** Adds a version, in force at once. */
  public Uni<AttributionPolicy> change(
      SqlTransaction tx,
      BindingMode mode,
      int protectedDays,
      int touchHours,
      boolean selfPurchaseEarns,
      String by) {
    return tx.select(NEWEST + " FOR UPDATE")
        .map(
            rows ->
                new AttributionPolicy(
                    read(rows.get(0), 0).version() + 1,
                    mode,
                    protectedDays,
                    touchHours,
                    selfPurchaseEarns,
                    clock.instant(),
                    by))
        .call(
            next ->
                tx.execute(
                    "INSERT INTO attribution_policies (version, binding_mode, protected_days,"
                        + " touch_hours, self_purchase_earns, effective_from, changed_by)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    next.version(),
                    next.mode(),
                    next.protectedDays(),
                    next.touchHours(),
                    next.selfPurchaseEarns() ? 1 : 0,
                    next.effectiveFrom(),
                    next.changedBy()))
        .onFailure(io.siyu.mall.platform.error.DatabaseErrors::isDuplicateKey)
        .transform(
            e -> new DomainException(Kind.ABORTED, "STALE_VERSION", "somebody else changed it"));
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
