package io.siyu.mall.distributor.binding;

import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Bindings in the database. The member's row in {@code buyers} is the lock. */
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
                    "SELECT b.id, b.distributor_id, b.started_at, d.state, y.last_paid_at,"
                        + " y.paid_orders, c.member_id FROM buyers y"
                        + " LEFT JOIN bindings b ON b.open_member = y.member_id"
                        + " LEFT JOIN distributors d ON d.id = b.distributor_id"
                        + " LEFT JOIN distributors c ON c.id = ? AND c.state = 'ACTIVE'"
                        + " WHERE y.member_id = ? FOR UPDATE",
                    candidate,
                    memberId))
        .chain(
            rows -> {
              SqlRow row = rows.get(0);
              UUID candidateMember = row.uuid(6);
              return candidateMember == null || candidateMember.equals(memberId)
                  ? Uni.createFrom().item(state(row, candidateMember, false))
                  : loop(tx, memberId, candidateMember)
                      .map(loop -> state(row, candidateMember, loop));
            });
  }

  @Override
  public Uni<Void> end(SqlTransaction tx, UUID bindingId, Instant at, String reason) {
    return tx.execute(
            "UPDATE bindings SET ended_at = ?, end_reason = ? WHERE id = ? AND ended_at IS NULL",
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
        .replaceWithVoid();
  }

  /**
   * Whether following "belongs to" from the candidate's member leads back to this member. Only one
   * who is a distributor can be led back to, so the walk is skipped for nearly everybody.
   */
  private Uni<Boolean> loop(SqlTransaction tx, UUID memberId, UUID candidateMember) {
    return tx.select("SELECT id FROM distributors WHERE living_member = ? FOR UPDATE", memberId)
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
    Uni<List<SqlRow>> above =
        tx.select(
            "SELECT d.member_id FROM bindings b JOIN distributors d ON d.id = b.distributor_id"
                + " WHERE b.open_member = ? FOR UPDATE",
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

  private static State state(SqlRow row, UUID candidateMember, boolean loop) {
    return new State(
        row.uuid(0),
        new BindingPolicy.Situation(
            row.uuid(1),
            row.instant(2),
            row.text(3) != null && !"CLOSED".equals(row.text(3)),
            row.instant(4)),
        candidateMember,
        loop,
        row.number(5) > 0);
  }
}
