package io.siyu.mall.cps.attribution;

import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores the versions of the share policy; they are only added. */
@ApplicationScoped
public class SharePolicies {

  private static final String SELECT =
      "SELECT p.version, p.effective_from, p.created_by, p.created_at, p.note,"
          + " p.direct_basis_points, p.upline_basis_points, s.step, s.from_fen,"
          + " s.direct_basis_points, s.upline_basis_points FROM ";
  private static final String STEPS =
      " p LEFT JOIN share_policy_steps s ON s.version = p.version ORDER BY p.version DESC, s.step";

  /** Every version, the newest first; there are few. */
  public Uni<List<SharePolicy>> all(SqlReader from) {
    return from.select(SELECT + "share_policies" + STEPS).map(SharePolicies::policies);
  }

  /** Versions below one, the newest first. */
  public Uni<List<SharePolicy>> before(SqlReader from, long version, int limit) {
    return from.select(
            SELECT
                + "(SELECT * FROM share_policies WHERE version < ? ORDER BY version DESC LIMIT "
                + limit
                + ")"
                + STEPS,
            version)
        .map(SharePolicies::policies);
  }

  /** Every version; whoever else wants to add one waits. */
  Uni<List<SharePolicy>> lock(SqlTransaction tx) {
    return tx.select(SELECT + "share_policies" + STEPS + " FOR UPDATE")
        .map(SharePolicies::policies);
  }

  Uni<Void> add(SqlTransaction tx, SharePolicy policy) {
    ShareStep first = policy.steps().get(0);
    SqlValues rest =
        SqlValues.into(
            "share_policy_steps",
            "version",
            "step",
            "from_fen",
            "direct_basis_points",
            "upline_basis_points");
    policy.steps().stream()
        .skip(1)
        .forEach(
            step ->
                rest.row(
                    policy.version(),
                    step.step(),
                    step.from(),
                    step.directBasisPoints(),
                    step.uplineBasisPoints()));
    return tx.execute(
            "INSERT INTO share_policies (version, direct_basis_points, upline_basis_points,"
                + " effective_from, created_by, created_at, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
            policy.version(),
            first.directBasisPoints(),
            first.uplineBasisPoints(),
            policy.effectiveFrom(),
            policy.createdBy(),
            policy.createdAt(),
            policy.note())
        .chain(() -> tx.insert(rest))
        .replaceWithVoid();
  }

  private static List<SharePolicy> policies(List<SqlRow> rows) {
    Map<Long, SharePolicy> found = new LinkedHashMap<>();
    for (SqlRow row : rows) {
      ShareStep first = new ShareStep(1, Money.ZERO, (int) row.number(5), (int) row.number(6));
      SharePolicy known = found.get(row.number(0));
      List<ShareStep> steps = new ArrayList<>(known == null ? List.of(first) : known.steps());
      if (!row.isNull(7)) {
        steps.add(
            new ShareStep(
                (int) row.number(7), row.fen(8), (int) row.number(9), (int) row.number(10)));
      }
      Instant from = row.instant(1);
      found.put(
          row.number(0),
          new SharePolicy(row.number(0), from, steps, row.text(2), row.instant(3), row.text(4)));
    }
    return List.copyOf(found.values());
  }
}
