package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.distributor.DistributorState;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.distributor.withdrawal.Payee.OpenCase;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** How the receivers of withdrawals stand: two statements, however many they are. */
@ApplicationScoped
public class PayeeQueries {

  private static final String SEATS =
      "SELECT d.member_id, d.id, d.state, d.state_reason, -COALESCE(a.debt_fen, 0),"
          + " COALESCE(a.available_fen, 0) FROM distributors d"
          + " LEFT JOIN accounts a ON a.member_id = d.member_id"
          + " WHERE d.state IN ('ACTIVE', 'SUSPENDED', 'CLOSED') AND d.member_id IN (%s)"
          + " ORDER BY d.living_member IS NOT NULL, d.id";

  // From the open cases, which are few, to those who earn on their lines.
  private static final String CASES =
      "SELECT d.member_id, f.case_id, f.order_id, COALESCE(o.order_no, ''), f.opened_at,"
          + " CAST(SUM(c.earned_fen - c.reversed_fen) AS SIGNED) FROM case_facts f"
          + " STRAIGHT_JOIN commissions c ON c.order_line_id = f.order_line_id"
          + " STRAIGHT_JOIN distributors d ON d.id = c.distributor_id"
          + " LEFT JOIN order_facts o ON o.order_id = f.order_id"
          + " WHERE f.ended_at IS NULL AND f.opened_at IS NOT NULL AND d.member_id IN (%s)"
          + " GROUP BY d.member_id, f.case_id, f.order_id, o.order_no, f.opened_at"
          + " ORDER BY f.opened_at, f.case_id";

  private final SqlReader reader;

  PayeeQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** By member. */
  Uni<Map<UUID, Payee>> of(Collection<UUID> memberIds) {
    List<UUID> members = memberIds.stream().distinct().toList();
    if (members.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    String marks = Marks.list(members.size());
    return Uni.combine()
        .all()
        .unis(
            reader.select(SEATS.formatted(marks), members.toArray()),
            reader.select(CASES.formatted(marks), members.toArray()))
        .asTuple()
        .map(found -> payees(found.getItem1(), found.getItem2()));
  }

  private static Map<UUID, Payee> payees(List<SqlRow> seats, List<SqlRow> cases) {
    Map<UUID, List<OpenCase>> open =
        cases.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.uuid(0),
                    Collectors.mapping(PayeeQueries::openCase, Collectors.toList())));
    Map<UUID, Payee> payees = new HashMap<>();
    for (SqlRow row : seats) {
      // The living seat comes last, or else the newest.
      payees.put(
          row.uuid(0),
          new Payee(
              row.uuid(1),
              DistributorState.valueOf(row.text(2)),
              row.text(3),
              row.fen(4),
              row.fen(5),
              open.getOrDefault(row.uuid(0), List.of())));
    }
    return payees;
  }

  private static OpenCase openCase(SqlRow row) {
    return new OpenCase(row.uuid(1), row.uuid(2), row.text(3), row.instant(4), row.fen(5));
  }
}
