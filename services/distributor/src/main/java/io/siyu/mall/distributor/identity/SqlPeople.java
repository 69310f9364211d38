package io.siyu.mall.distributor.identity;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.TreeSet;
import java.util.UUID;

/** People in the database. */
@ApplicationScoped
public class SqlPeople implements People {

  @Override
  public Uni<Void> learn(SqlTransaction tx, UUID memberId, Collection<String> marks) {
    Uni<UUID> person = person(tx, memberId);
    for (String mark : new TreeSet<>(marks)) {
      person = person.chain(known -> learn(tx, known, mark));
    }
    return person.replaceWithVoid();
  }

  @Override
  public Uni<Void> same(SqlTransaction tx, UUID absorbed, UUID survivor) {
    return person(tx, absorbed)
        .chain(
            theirs ->
                person(tx, survivor)
                    .chain(
                        known ->
                            theirs.equals(known)
                                ? Uni.createFrom().voidItem()
                                : join(tx, theirs, known)));
  }

  private static Uni<UUID> person(SqlTransaction tx, UUID memberId) {
    return tx.execute(
            "INSERT INTO people (member_id, person_id) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)",
            memberId,
            memberId)
        .chain(
            () ->
                tx.select("SELECT person_id FROM people WHERE member_id = ? FOR UPDATE", memberId))
        .map(rows -> rows.get(0).uuid(0));
  }

  /** The person who has the mark, which the one known until now turns out to be. */
  private static Uni<UUID> learn(SqlTransaction tx, UUID known, String mark) {
    return tx.execute(
            "INSERT INTO identity_marks (mark, person_id) VALUES (?, ?)"
                + " ON DUPLICATE KEY UPDATE mark = VALUES(mark)",
            mark,
            known)
        .chain(
            () -> tx.select("SELECT person_id FROM identity_marks WHERE mark = ? FOR UPDATE", mark))
        .map(rows -> rows.get(0).uuid(0))
        .call(owner -> owner.equals(known) ? Uni.createFrom().voidItem() : join(tx, known, owner));
  }

  private static Uni<Void> join(SqlTransaction tx, UUID known, UUID owner) {
    return tx.execute("UPDATE people SET person_id = ? WHERE person_id = ?", owner, known)
        .chain(
            () ->
                tx.execute(
                    "UPDATE identity_marks SET person_id = ? WHERE person_id = ?", owner, known))
        .replaceWithVoid();
  }
}
