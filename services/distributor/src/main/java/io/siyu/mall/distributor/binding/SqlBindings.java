package io.siyu.mall.distributor.binding;

import io.siyu.mall.distributor.distributor.SeatNow;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Bindings in the database. The member's row in {@code buyers} is the lock, and everything else
 * that is locked is found by its primary key: a locking search for a row that is not there would
 * lock the gap where the next members' rows belong.
 */
@ApplicationScoped
public class SqlBindings implements Bindings {

  private static final int LONGEST_CHAIN = 100;

  @Override
  public Uni<State> lock(SqlTransaction tx, UUID memberId, UUID candidate) {
    return tx.execute(
            "INSERT INTO buyers (member_id) VALUES (?)"
                + " ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)",
            memberId)
        .chain(
            () ->
                tx.select(
                    "SELECT b.id, b.distributor_id, b.started_at, y.last_paid_at, y.paid_orders,"
                        + " y.merged_into"
                        + " FROM buyers y LEFT JOIN bindings b ON b.id = y.open_binding_id"
                        + " WHERE y.member_id = ? FOR UPDATE",
                    memberId))
        .chain(
            rows ->
                rows.get(0).isNull(5)
                    ? distributors(tx, rows.get(0).uuid(1), candidate)
                        .chain(known -> state(tx, memberId, candidate, rows.get(0), known))
                    : lock(tx, rows.get(0).uuid(5), candidate));
  }

  @Override
  public Uni<Void> end(SqlTransaction tx, UUID bindingId, Instant at, String reason) {
    return tx.execute(
            "UPDATE buyers y JOIN bindings b ON b.member_id = y.member_id"
                + " SET b.ended_at = ?, b.end_reason = ?, y.open_binding_id = NULL"
                + " WHERE b.id = ? AND b.ended_at IS NULL",
            at,
            reason,
            bindingId)
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> open(SqlTransaction tx, Binding b, boolean effective) {
    return tx.execute(
            "INSERT INTO bindings (id, member_id, distributor_id, mode, opened_by, touch_id,"
                + " policy_version, reason, changed_by, started_at, effective)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            b.id(),
            b.memberId(),
            b.distributorId(),
            b.mode(),
            b.openedBy(),
            b.touchId(),
            b.policyVersion(),
            b.reason(),
            b.changedBy(),
            b.startedAt(),
            effective ? 1 : 0)
        .chain(
            () ->
                tx.execute(
                    "UPDATE buyers SET open_binding_id = ? WHERE member_id = ?",
                    b.id(),
                    b.memberId()))
        .replaceWithVoid();
  }

  /**
   * Those of the two there are, as the seats they are now, by the id they were named by; read
   * without a lock, so that a busy seller delays nobody.
   */
  private static Uni<Map<UUID, SqlRow>> distributors(SqlTransaction tx, UUID one, UUID other) {
    return tx.select(
            "SELECT d_named.id, d.state, d.member_id, d.id FROM (SELECT ? AS id UNION SELECT ?) q"
                + SeatNow.join("JOIN", "q.id", "d"),
            one,
            other)
        .map(
            rows -> {
              Map<UUID, SqlRow> known = new HashMap<>();
              rows.forEach(row -> known.put(row.uuid(0), row));
              return known;
            });
  }

  private Uni<State> state(
      SqlTransaction tx, UUID memberId, UUID candidate, SqlRow row, Map<UUID, SqlRow> known) {
    SqlRow bound = known.get(row.uuid(1));
    SqlRow wanted = known.get(candidate);
    UUID candidateMember =
        wanted == null || !"ACTIVE".equals(wanted.text(1)) ? null : wanted.uuid(2);
    BindingPolicy.Situation situation =
        new BindingPolicy.Situation(
            bound == null ? row.uuid(1) : bound.uuid(3),
            row.instant(2),
            bound != null && !"CLOSED".equals(bound.text(1)),
            row.instant(3));
    Uni<Boolean> loop =
        candidateMember == null || candidateMember.equals(memberId)
            ? Uni.createFrom().item(false)
            : loop(tx, memberId, candidateMember);
    UUID seat = wanted == null ? candidate : wanted.uuid(3);
    return loop.map(
        found ->
            new State(
                memberId, row.uuid(0), situation, seat, candidateMember, found, row.number(4) > 0));
  }

  /**
   * Whether following "belongs to" from the candidate's member leads back to this member. Only one
   * who is a distributor can be led back to, so the walk is skipped for nearly everybody.
   */
  private Uni<Boolean> loop(SqlTransaction tx, UUID memberId, UUID candidateMember) {
    return tx.select("SELECT id FROM distributors WHERE living_member = ?", memberId)
        .chain(
            own ->
                own.isEmpty()
                    ? Uni.createFrom().item(false)
                    : climb(tx, memberId, candidateMember, new HashSet<>()));
  }

  private Uni<Boolean> climb(SqlTransaction tx, UUID memberId, UUID from, Set<UUID> seen) {
    if (!seen.add(from) || seen.size() > LONGEST_CHAIN) {
      return Uni.createFrom().item(false);
    }
    // Locked, so that two members cannot come to belong to each other at the same moment.
    Uni<List<SqlRow>> above =
        tx.select(
            "SELECT d.member_id FROM buyers y JOIN bindings b ON b.id = y.open_binding_id"
                + " JOIN distributors d ON d.id = b.distributor_id"
                + " WHERE y.member_id = ? LOCK IN SHARE MODE",
            from);
    return above.chain(
        rows -> {
          if (rows.isEmpty()) {
            return Uni.createFrom().item(false);
          }
          UUID next = rows.get(0).uuid(0);
          return next.equals(memberId)
              ? Uni.createFrom().item(true)
              : climb(tx, memberId, next, seen);
        });
  }
}
