package io.siyu.mall.distributor.distributor;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Those whom a member recruited, from whichever of their seats. */
final class Recruits {

  private Recruits() {}

  /** They stand below this seat of the member from now on, and the record says so. */
  static Uni<Void> takeOver(
      SqlTransaction tx, UUID memberId, UUID seat, String reason, Instant now) {
    return tx.select(
            "SELECT r.id, r.upline_id FROM distributors e JOIN distributors r ON r.upline_id = e.id"
                + " WHERE e.member_id = ? AND e.id <> ? AND r.member_id <> e.member_id FOR UPDATE",
            memberId,
            seat)
        .chain(
            recruits ->
                recruits.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : takeOver(tx, seat, recruits, reason, now));
  }

  private static Uni<Void> takeOver(
      SqlTransaction tx, UUID seat, List<SqlRow> recruits, String reason, Instant now) {
    SqlValues changes =
        SqlValues.into(
            "distributor_changes",
            "id",
            "distributor_id",
            "what",
            "old_value",
            "new_value",
            "reason",
            "changed_by",
            "changed_at");
    List<Object> params = new ArrayList<>(List.of(seat));
    for (SqlRow recruit : recruits) {
      params.add(recruit.uuid(0));
      changes.row(
          Ids.next(),
          recruit.uuid(0),
          "UPLINE",
          recruit.uuid(1).toString(),
          seat.toString(),
          reason,
          "SYSTEM",
          now);
    }
    return tx.execute(
            "UPDATE distributors SET upline_id = ?, version = version + 1 WHERE id IN ("
                + Marks.list(recruits.size())
                + ")",
            params.toArray())
        .chain(() -> tx.insert(changes))
        .replaceWithVoid();
  }
}
