package io.siyu.mall.cps.order;

import io.siyu.mall.cps.attribution.SharePolicies;
import io.siyu.mall.cps.attribution.SharePolicy;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds again by which version and step of the share policy an order had to be shared: from the
 * policies as of when it was made and the month that was measured, and not from what was kept.
 */
@ApplicationScoped
public class ShareChecks {

  private static final String NAME = "cps.shares-follow-from-policies";
  private static final int SHOWN = 100;

  /** The business month before the one that an order was made in. */
  private static final String MONTH =
      "DATE_FORMAT(o.created_at + INTERVAL 8 HOUR - INTERVAL 1 MONTH, '%Y-%m')";

  private static final String CREDITED =
      "SELECT o.id, o.created_at, o.distributor_id, o.upline_id, o.policy_version, o.policy_step,"
          + " o.ladder_fen, o.direct_basis_points, o.upline_basis_points,"
          + " COALESCE(o.settled_fen, o.estimated_fen), COALESCE(s.settled_fen, 0)"
          + " FROM cps_orders o LEFT JOIN share_standings s ON s.month = "
          + MONTH
          + " AND s.distributor_id = o.distributor_id WHERE o.policy_step > 0 AND o.id > ?"
          + " ORDER BY o.id LIMIT 500";

  private final SharePolicies policies;

  ShareChecks(SharePolicies policies) {
    this.policies = policies;
  }

  /** Compares every order that somebody is credited with since there are ladders. */
  Uni<Check> check(SqlReader tx) {
    Check.Builder check = Check.newBuilder().setName(NAME);
    return policies
        .all(tx)
        .chain(
            all ->
                Multi.createBy()
                    .repeating()
                    .uni(
                        () -> new AtomicReference<>(new UUID(0, 0)),
                        after ->
                            tx.select(CREDITED, after.get())
                                .invoke(rows -> compare(check, all, after, rows)))
                    .whilst(rows -> !rows.isEmpty())
                    .collect()
                    .last())
        .map(done -> check.build());
  }

  private static void compare(
      Check.Builder check,
      List<SharePolicy> policies,
      AtomicReference<UUID> after,
      List<SqlRow> rows) {
    for (SqlRow row : rows) {
      after.set(row.uuid(0));
      Credit should =
          Credit.by(
              SharePolicy.at(policies, row.instant(1)),
              row.fen(10),
              Credit.Reason.SUB_AFFILIATE,
              new Seller(row.uuid(2), row.uuid(3), true),
              null);
      Credit is =
          new Credit(
              Credit.Reason.SUB_AFFILIATE,
              row.uuid(2),
              row.uuid(3),
              null,
              row.number(4),
              (int) row.number(5),
              row.fen(6),
              (int) row.number(7),
              (int) row.number(8));
      check.setCompared(check.getCompared() + 1);
      if (!is.equals(should)) {
        add(check, row, should, is);
      }
    }
  }

  private static void add(Check.Builder check, SqlRow row, Credit should, Credit is) {
    int points =
        should.directBasisPoints()
            + should.uplineBasisPoints()
            - is.directBasisPoints()
            - is.uplineBasisPoints();
    Money off =
        new BasisPoints(Math.min(Math.abs(points), BasisPoints.WHOLE))
            .of(row.fen(9), RoundingMode.DOWN);
    check
        .setDifferenceCount(check.getDifferenceCount() + 1)
        .setDifferenceAmount(check.getDifferenceAmount() + off.minor());
    if (check.getDifferencesCount() < SHOWN) {
      check.addDifferences(
          Difference.newBuilder()
              .setKey(row.uuid(0).toString())
              .setExpected(text(should))
              .setActual(text(is))
              .setMessage("the shares of an order against the policy of when it was made"));
    }
  }

  private static String text(Credit credit) {
    return "version %d step %d, %d and %d basis points, after %s"
        .formatted(
            credit.policyVersion(),
            credit.policyStep(),
            credit.directBasisPoints(),
            credit.uplineBasisPoints(),
            credit.settledBefore());
  }
}
