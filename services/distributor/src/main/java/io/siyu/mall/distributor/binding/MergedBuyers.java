package io.siyu.mall.distributor.binding;

import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What two buyers who are one from now on opened, whom they belong to and how often they ordered,
 * in the caller's transaction.
 */
@ApplicationScoped
public class MergedBuyers {

  private static final String KEPT = "会员合并：保留存续会员的绑定";
  private static final String IMPOSSIBLE = "会员合并：不能绑定到本人";

  private final Bindings bindings;

  MergedBuyers(Bindings bindings) {
    this.bindings = bindings;
  }

  /** Who goes on instead of each of two. */
  public record Locked(Optional<UUID> absorbedInto, Optional<UUID> survivorInto) {}

  /** Locks both until the transaction ends, in the order of members. */
  public Uni<Locked> lock(SqlTransaction tx, UUID absorbed, UUID survivor) {
    return tx.execute(
            "INSERT INTO buyers (member_id) VALUES (?), (?)"
                + " ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)",
            new TreeSet<>(List.of(absorbed, survivor)).toArray())
        .chain(
            () ->
                tx.select(
                    "SELECT member_id, merged_into FROM buyers WHERE member_id IN (?, ?)"
                        + " FOR UPDATE",
                    absorbed,
                    survivor))
        .map(rows -> new Locked(into(rows, absorbed), into(rows, survivor)));
  }

  /**
   * All of the absorbed one's becomes the survivor's; both are locked, and their seats are one
   * member's already. Of two open bindings the survivor's stays; one to themselves, or in a loop,
   * ends.
   */
  public Uni<Void> merge(SqlTransaction tx, UUID absorbed, UUID survivor, Instant now) {
    return endImpossible(tx, survivor, survivor, now)
        .chain(
            stays ->
                stays
                    ? endOpen(tx, absorbed, KEPT, now)
                    : endImpossible(tx, absorbed, survivor, now).replaceWithVoid())
        .chain(
            () ->
                tx.execute(
                    "UPDATE bindings SET member_id = ?, merged_at = ? WHERE member_id = ?",
                    survivor,
                    now,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE touches SET member_id = ?, merged_at = ? WHERE member_id = ?",
                    survivor,
                    now,
                    absorbed))
        .chain(() -> addUp(tx, absorbed, survivor));
  }

  /**
   * Ends a member's open binding if the one whom they go on as cannot have it.
   *
   * @return whether there is one that stays
   */
  private Uni<Boolean> endImpossible(SqlTransaction tx, UUID memberId, UUID survivor, Instant now) {
    return open(tx, memberId)
        .chain(
            open -> {
              if (open.isEmpty()) {
                return Uni.createFrom().item(false);
              }
              return bindings
                  .lock(tx, survivor, open.get().uuid(1))
                  .chain(
                      state -> {
                        boolean possible =
                            !survivor.equals(state.candidateMember()) && !state.loop();
                        return possible
                            ? Uni.createFrom().item(true)
                            : endOpen(tx, memberId, IMPOSSIBLE, now).replaceWith(false);
                      });
            });
  }

  private Uni<Void> endOpen(SqlTransaction tx, UUID memberId, String reason, Instant now) {
    return open(tx, memberId)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : bindings.end(tx, open.get().uuid(0), now, reason));
  }

  private static Uni<Optional<SqlRow>> open(SqlTransaction tx, UUID memberId) {
    return tx.select("SELECT id, distributor_id FROM bindings WHERE open_member = ?", memberId)
        .map(rows -> rows.stream().findFirst());
  }

  private static Uni<Void> addUp(SqlTransaction tx, UUID absorbed, UUID survivor) {
    return tx.execute(
            "UPDATE buyers s JOIN buyers a ON a.member_id = ?"
                + " SET s.paid_orders = s.paid_orders + a.paid_orders, s.last_paid_at ="
                + " COALESCE(GREATEST(s.last_paid_at, a.last_paid_at), s.last_paid_at,"
                + " a.last_paid_at),"
                + " s.open_binding_id = (SELECT b.id FROM bindings b WHERE b.open_member = s.member_id)"
                + " WHERE s.member_id = ?",
            absorbed,
            survivor)
        .chain(
            () ->
                tx.execute(
                    "UPDATE buyers SET open_binding_id = NULL, paid_orders = 0,"
                        + " last_paid_at = NULL, merged_into = ? WHERE member_id = ?",
                    survivor,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE buyers SET merged_into = ? WHERE merged_into = ?", survivor, absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE bindings b JOIN buyers y ON b.id = y.open_binding_id"
                        + " SET b.effective = y.paid_orders > 0 WHERE y.member_id = ?",
                    survivor))
        .replaceWithVoid();
  }

  private static Optional<UUID> into(List<SqlRow> rows, UUID memberId) {
    return rows.stream()
        .filter(row -> row.uuid(0).equals(memberId) && !row.isNull(1))
        .map(row -> row.uuid(1))
        .findFirst();
  }
}
