package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.Member;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.MemberQueries;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Merges in the database, and whose a phone is, with plain SQL in the caller's transaction. */
@ApplicationScoped
public class SqlMerges {

  /**
   * A locked member that lives.
   *
   * @param phone null when none is bound
   */
  record Locked(MemberId id, SealedPhone phone) {

    String phoneHash() {
      return phone == null ? null : phone.hash();
    }

    boolean has(String hash) {
      return hash.equals(phoneHash());
    }
  }

  /** Whose phone it is, if anybody's. */
  Uni<Optional<MemberId>> holder(SqlReader reader, String phoneHash) {
    return reader
        .select("SELECT id FROM members WHERE phone_hash = ?", phoneHash)
        .map(rows -> rows.stream().map(row -> new MemberId(row.uuid(0))).findFirst());
  }

  /** Whether this service itself holds something of the member that would be missed. */
  Uni<Boolean> hasGrowthOrAddress(SqlReader reader, MemberId member) {
    return reader
        .select(
            "SELECT EXISTS (SELECT 1 FROM growth_entries WHERE member_id = ?)"
                + " OR EXISTS (SELECT 1 FROM addresses WHERE member_id = ?)",
            member.value(),
            member.value())
        .map(rows -> rows.get(0).number(0) != 0);
  }

  /** Locks the members, in the order of their ids; as {@link #lock(SqlTransaction, MemberId)}. */
  Uni<Map<MemberId, Locked>> lock(SqlTransaction tx, MemberId one, MemberId other) {
    boolean inOrder = one.toString().compareTo(other.toString()) < 0;
    Map<MemberId, Locked> locked = new HashMap<>();
    return lock(tx, inOrder ? one : other)
        .invoke(first -> locked.put(first.id(), first))
        .chain(() -> lock(tx, inOrder ? other : one))
        .invoke(second -> locked.put(second.id(), second))
        .replaceWith(locked);
  }

  /**
   * Locks a member until the transaction ends.
   *
   * @return fails with NOT_FOUND {@link MemberQueries#MEMBER_UNKNOWN}, UNAUTHENTICATED {@link
   *     Member#MERGED}
   */
  Uni<Locked> lock(SqlTransaction tx, MemberId id) {
    return tx.select(
            "SELECT id, phone_sealed, phone_hash, merged_into FROM members WHERE id = ? FOR UPDATE",
            id.value())
        .map(
            rows -> {
              SqlRow row = rows.stream().findFirst().orElseThrow(MemberQueries::unknown);
              Member.requireLiving(row.isNull(3) ? null : new MemberId(row.uuid(3)));
              return new Locked(
                  id, row.isNull(2) ? null : new SealedPhone(row.text(1), row.text(2)));
            });
  }

  /**
   * The phone is a locked member's from now on; one that they had before is free.
   *
   * @return fails with the database's duplicate key error when it is somebody else's
   */
  Uni<Void> givePhone(SqlTransaction tx, MemberId member, SealedPhone phone) {
    return tx.execute(
            "UPDATE members SET phone_sealed = ?, phone_hash = ?, version = version + 1"
                + " WHERE id = ? AND (phone_hash IS NULL OR phone_hash <> ?)",
            phone.sealed(),
            phone.hash(),
            member.value(),
            phone.hash())
        .replaceWithVoid();
  }

  /**
   * Both are locked. The absorbed has neither phone nor name nor session any more, and whoever had
   * been merged into them goes on as the survivor.
   */
  Uni<Void> move(SqlTransaction tx, Merge merge) {
    Object absorbed = merge.absorbed().value();
    Object survivor = merge.survivor().value();
    return tx.execute(
            "UPDATE members SET phone_sealed = NULL, phone_hash = NULL, merged_into = ?,"
                + " version = version + 1 WHERE id = ?",
            survivor,
            absorbed)
        .chain(
            () ->
                tx.execute(
                    "UPDATE members SET merged_into = ?, version = version + 1"
                        + " WHERE merged_into = ?",
                    survivor,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE identities SET came_with = COALESCE(came_with, member_id),"
                        + " member_id = ? WHERE member_id = ?",
                    survivor,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE sessions SET member_id = ?, version = version + 1"
                        + " WHERE member_id = ? AND state = 'ACTIVE'",
                    survivor,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "INSERT INTO merges"
                        + " (absorbed_id, survivor_id, why, merged_by, request_id, merged_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                    absorbed,
                    survivor,
                    merge.why(),
                    merge.by(),
                    merge.requestId(),
                    merge.at()))
        .replaceWithVoid();
  }
}
