package io.siyu.mall.distributor.distributor;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The seats of two members who are one from now on, with plain SQL in the caller's transaction. */
@ApplicationScoped
public class MergedSeats {

  /** More than any chain of recruiters can be; ends the walk should the data be broken. */
  private static final int DEEPEST = 1_000;

  private static final String WHY = "会员合并";

  private final PersonSeal seal;

  MergedSeats(PersonSeal seal) {
    this.seal = seal;
  }

  /** A seat as it is before the merge. */
  record Owned(UUID id, UUID memberId, DistributorState state) {

    boolean living() {
      return decided() || state == DistributorState.APPLIED;
    }

    /** Whether it was approved, and is not over. */
    boolean decided() {
      return state == DistributorState.ACTIVE || state == DistributorState.SUSPENDED;
    }
  }

  /**
   * Which of two living seats ends: the absorbed member's, unless the survivor has only applied and
   * the absorbed one sells. None, where there is at most one.
   */
  static Optional<Owned> ends(List<Owned> seats, UUID absorbed) {
    List<Owned> living = seats.stream().filter(Owned::living).toList();
    if (living.size() < 2) {
      return Optional.empty();
    }
    Owned theirs = living.stream().filter(s -> s.memberId().equals(absorbed)).findFirst().get();
    Owned kept = living.stream().filter(s -> !s.memberId().equals(absorbed)).findFirst().get();
    return Optional.of(theirs.decided() && !kept.decided() ? kept : theirs);
  }

  /**
   * All seats become the survivor's. Of two living ones one ends, on the record, and those below it
   * stand below the other.
   */
  public Uni<Void> merge(SqlTransaction tx, UUID absorbed, UUID survivor, Instant now) {
    return tx.select(
            "SELECT id, member_id, state, real_name, phone, id_number FROM distributors"
                + " WHERE member_id IN (?, ?) ORDER BY id FOR UPDATE",
            absorbed,
            survivor)
        .chain(
            rows -> {
              List<Owned> seats = rows.stream().map(MergedSeats::owned).toList();
              Optional<Owned> ends = ends(seats, absorbed);
              Uni<Void> done =
                  ends.map(seat -> end(tx, seat, now)).orElseGet(() -> Uni.createFrom().voidItem());
              for (SqlRow row : rows) {
                if (row.uuid(1).equals(absorbed)) {
                  done = done.chain(() -> move(tx, row, survivor));
                }
              }
              Optional<Owned> kept =
                  seats.stream()
                      .filter(seat -> seat.decided() && !ends.equals(Optional.of(seat)))
                      .findFirst();
              Set<UUID> own = seats.stream().map(Owned::id).collect(Collectors.toSet());
              return kept.isEmpty()
                  ? done
                  : done.chain(() -> standOnTop(tx, kept.get().id(), own, now))
                      .chain(() -> Recruits.takeOver(tx, survivor, kept.get().id(), WHY, now));
            });
  }

  private static Uni<Void> end(SqlTransaction tx, Owned seat, Instant now) {
    DistributorState next =
        seat.state() == DistributorState.APPLIED
            ? DistributorState.REJECTED
            : DistributorState.CLOSED;
    DistributorState.TRANSITIONS.check(seat.state(), next);
    return tx.execute(
            "UPDATE distributors SET state = ?, state_reason = ?, version = version + 1"
                + " WHERE id = ?",
            next,
            WHY,
            seat.id())
        .chain(() -> record(tx, seat.id(), "STATE", seat.state().name(), next.name(), now));
  }

  /** Who they are is sealed for the member, so it is sealed anew. */
  private Uni<Void> move(SqlTransaction tx, SqlRow row, UUID survivor) {
    PersonSeal.Resealed person =
        seal.reseal(row.uuid(0), row.uuid(1), survivor, row.text(3), row.text(4), row.text(5));
    return tx.execute(
            "UPDATE distributors SET member_id = ?, real_name = ?, phone = ?, id_number = ?,"
                + " version = version + 1 WHERE id = ?",
            survivor,
            person.realName(),
            person.phone(),
            person.idNumber(),
            row.uuid(0))
        .replaceWithVoid();
  }

  /** Whoever stood below another seat of their own, through any number of others, has no upline. */
  private static Uni<Void> standOnTop(SqlTransaction tx, UUID kept, Set<UUID> own, Instant now) {
    return upline(tx, kept)
        .chain(
            first ->
                reaches(tx, first, own, 0)
                    .chain(
                        loop ->
                            loop
                                ? tx.execute(
                                        "UPDATE distributors SET upline_id = NULL,"
                                            + " version = version + 1 WHERE id = ?",
                                        kept)
                                    .chain(
                                        () -> record(tx, kept, "UPLINE", first.toString(), "", now))
                                : Uni.createFrom().voidItem()));
  }

  private static Uni<Boolean> reaches(SqlTransaction tx, UUID from, Set<UUID> own, int depth) {
    if (from == null || depth > DEEPEST) {
      return Uni.createFrom().item(false);
    }
    return own.contains(from)
        ? Uni.createFrom().item(true)
        : upline(tx, from).chain(next -> reaches(tx, next, own, depth + 1));
  }

  private static Uni<UUID> upline(SqlTransaction tx, UUID id) {
    return tx.select("SELECT upline_id FROM distributors WHERE id = ?", id)
        .map(rows -> rows.isEmpty() ? null : rows.get(0).uuid(0));
  }

  private static Uni<Void> record(
      SqlTransaction tx, UUID seat, String what, String old, String next, Instant now) {
    return tx.execute(
            "INSERT INTO distributor_changes (id, distributor_id, what, old_value, new_value,"
                + " reason, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?, 'SYSTEM', ?)",
            Ids.next(),
            seat,
            what,
            old,
            next,
            WHY,
            now)
        .replaceWithVoid();
  }

  private static Owned owned(SqlRow row) {
    return new Owned(row.uuid(0), row.uuid(1), DistributorState.valueOf(row.text(2)));
  }
}
