package io.siyu.mall.distributor.distributor;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.distributor.identity.People;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Distributors and the record of their changes in the database. */
@ApplicationScoped
public class HibernateDistributors implements Distributors {

  /** More than any chain of recruiters can be; ends the walk should the data be broken. */
  private static final int DEEPEST = 1_000;

  private final People people;

  HibernateDistributors(People people) {
    this.people = people;
  }

  @Override
  public Uni<Distributor> lock(UUID id) {
    return Panache.getSession()
        .chain(s -> s.find(Distributor.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  @Override
  public Uni<Distributor> lockNow(UUID id) {
    return transaction()
        .chain(
            tx ->
                tx.select(
                    "SELECT d.id FROM (SELECT ? AS id) named"
                        + SeatNow.join("JOIN", "named.id", "d"),
                    id))
        .chain(rows -> rows.isEmpty() ? Uni.createFrom().nullItem() : lock(rows.get(0).uuid(0)));
  }

  @Override
  public Uni<Distributor> living(UUID memberId) {
    return Panache.getSession()
        .chain(
            s ->
                s.createSelectionQuery(
                        "from Distributor where memberId = ?1 and state in ?2", Distributor.class)
                    .setParameter(1, memberId)
                    .setParameter(
                        2,
                        List.of(
                            DistributorState.APPLIED,
                            DistributorState.ACTIVE,
                            DistributorState.SUSPENDED))
                    .getSingleResultOrNull());
  }

  @Override
  public Uni<Void> add(Distributor distributor) {
    return Panache.getSession().chain(s -> s.persist(distributor)).chain(() -> save(distributor));
  }

  @Override
  public Uni<Void> save(Distributor distributor) {
    List<Change> changes = distributor.takeChanges();
    if (changes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> params = new ArrayList<>();
    for (Change change : changes) {
      params.add(Ids.next());
      params.add(distributor.id());
      params.addAll(List.of(change.what(), change.oldValue(), change.newValue()));
      params.addAll(List.of(change.reason(), change.by(), change.at()));
    }
    String sql =
        "INSERT INTO distributor_changes (id, distributor_id, what, old_value, new_value, reason,"
            + " changed_by, changed_at) VALUES "
            + Marks.rows(changes.size(), 8);
    return Panache.getSession()
        .map(SqlTransaction::of)
        .chain(
            tx ->
                tx.execute(sql, params.toArray())
                    .chain(
                        () ->
                            distributor.state() == DistributorState.ACTIVE
                                ? active(tx, distributor, changes.get(0).at())
                                : Uni.createFrom().voidItem()));
  }

  /** Account and person are there before the first commission and tax have to look for them. */
  private Uni<Void> active(SqlTransaction tx, Distributor distributor, Instant now) {
    return tx.execute("INSERT IGNORE INTO accounts (member_id) VALUES (?)", distributor.memberId())
        .chain(() -> people.learn(tx, distributor.memberId(), distributor.identityMarks()))
        .chain(
            () -> Recruits.takeOver(tx, distributor.memberId(), distributor.id(), "上级重新加入", now));
  }

  @Override
  public Uni<SqlTransaction> transaction() {
    return Panache.getSession().map(SqlTransaction::of);
  }

  @Override
  public Uni<Set<UUID>> above(UUID id) {
    return climb(id, new HashSet<>());
  }

  private Uni<Set<UUID>> climb(UUID id, Set<UUID> seen) {
    if (id == null || seen.size() > DEEPEST) {
      return Uni.createFrom().item(seen);
    }
    return lockNow(id)
        .chain(
            found ->
                found == null || !seen.add(found.memberId())
                    ? Uni.createFrom().item(seen)
                    : climb(found.uplineId(), seen));
  }
}
