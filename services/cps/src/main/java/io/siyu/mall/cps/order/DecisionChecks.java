package io.siyu.mall.cps.order;

import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.DistributorClient.Moment;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.proto.common.v1.Check;
import io.siyu.mall.proto.common.v1.Difference;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Asks the distributor service again about everybody who was credited, or was not: by its record of
 * states and uplines as of the moment of the decision. Decisions do not change, so no snapshot is
 * needed, and no transaction waits for the answers.
 */
@ApplicationScoped
public class DecisionChecks {

  private static final String NAME = "cps.credit-follows-from-sellers";
  private static final int SHOWN = 100;
  private static final String NOBODY = "nobody";

  /**
   * Who was asked for: the distributor whose id it came with, which may name an earlier seat of who
   * is credited; of a claim the claimant.
   */
  private static final String DECIDED =
      "SELECT o.id, CASE WHEN o.credit_reason = 'CLAIM' THEN o.distributor_id"
          + " ELSE COALESCE(s.distributor_id, o.distributor_id) END, o.decided_at,"
          + " o.distributor_id, o.upline_id, COALESCE(o.settled_fen, o.estimated_fen),"
          + " o.by_seat_now FROM cps_orders o"
          + " LEFT JOIN sub_affiliates s ON s.platform = o.platform"
          + " AND s.sub_affiliate_id = o.sub_affiliate_id"
          + " WHERE o.id > ? AND o.decided_at IS NOT NULL"
          + " AND (o.distributor_id IS NOT NULL OR s.distributor_id IS NOT NULL)"
          + " ORDER BY o.id LIMIT 500";

  private final SqlReader reader;
  private final DistributorClient distributors;

  DecisionChecks(SqlReader reader, DistributorClient distributors) {
    this.reader = reader;
    this.distributors = distributors;
  }

  /** Compares every decision. */
  Uni<Check> check() {
    Check.Builder check = Check.newBuilder().setName(NAME);
    return Multi.createBy()
        .repeating()
        .uni(
            () -> new AtomicReference<>(new UUID(0, 0)),
            after -> reader.select(DECIDED, after.get()).call(rows -> compare(check, after, rows)))
        .whilst(rows -> !rows.isEmpty())
        .collect()
        .last()
        .map(done -> check.build());
  }

  private Uni<Void> compare(Check.Builder check, AtomicReference<UUID> after, List<SqlRow> rows) {
    if (rows.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    after.set(rows.get(rows.size() - 1).uuid(0));
    return distributors
        .recall(rows.stream().map(row -> new Moment(row.uuid(1), row.instant(2))).toList())
        .invoke(
            answers -> {
              for (int i = 0; i < rows.size(); i++) {
                compare(check, rows.get(i), answers.get(i));
              }
            })
        .replaceWithVoid();
  }

  private static void compare(Check.Builder check, SqlRow row, Set<Seller> could) {
    check.setCompared(check.getCompared() + 1);
    String is = row.isNull(3) ? NOBODY : credited(row.uuid(3), row.uuid(4));
    Set<String> should = new TreeSet<>();
    could.forEach(seller -> should.add(answer(seller)));
    // Before seats were followed, a link of an earlier seat credited nobody.
    boolean earlier =
        row.number(6) == 0
            && could.stream().anyMatch(seller -> !seller.distributorId().equals(row.uuid(1)));
    if (should.contains(is) || earlier && is.equals(NOBODY)) {
      return;
    }
    check
        .setDifferenceCount(check.getDifferenceCount() + 1)
        .setDifferenceAmount(check.getDifferenceAmount() + row.number(5));
    if (check.getDifferencesCount() < SHOWN) {
      check.addDifferences(
          Difference.newBuilder()
              .setKey(row.uuid(0).toString())
              .setExpected(String.join(" or ", should))
              .setActual(is)
              .setMessage("who is credited against seat, state and upline at " + row.instant(2)));
    }
  }

  private static String answer(Seller seller) {
    return seller.active() ? credited(seller.distributorId(), seller.uplineId()) : NOBODY;
  }

  private static String credited(UUID seat, UUID uplineId) {
    return "credited " + seat + ", upline " + (uplineId == null ? "none" : uplineId);
  }
}
