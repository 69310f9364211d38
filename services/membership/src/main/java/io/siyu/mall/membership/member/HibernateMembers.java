package io.siyu.mall.membership.member;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Members in the database. */
@ApplicationScoped
public class HibernateMembers implements Members {

  private final MemberQueries queries;

  @Inject
  HibernateMembers(MemberQueries queries) {
    this.queries = queries;
  }

  @Override
  public Uni<Optional<Member>> find(MemberId id) {
    return Panache.getSession()
        .flatMap(session -> session.find(Member.class, id.value()))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<Optional<Member>> lock(MemberId id) {
    return Panache.getSession()
        .flatMap(session -> session.find(Member.class, id.value(), LockModeType.PESSIMISTIC_WRITE))
        .map(Optional::ofNullable);
  }

  @Override
  public Uni<List<Identity>> identities(Collection<IdentityKey> keys) {
    return Panache.getSession()
        .flatMap(
            session -> {
              // One lookup per key, one after another: at most two, each by the unique key.
              Uni<List<Identity>> found = Uni.createFrom().item(new ArrayList<>());
              for (IdentityKey key : keys) {
                found =
                    found.flatMap(
                        list -> byKey(session, key).invoke(list::addAll).replaceWith(list));
              }
              return found;
            });
  }

  @Override
  public Uni<List<Identity>> identitiesOf(MemberId member) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        "from Identity i where i.memberId = :member order by i.id", Identity.class)
                    .setParameter("member", member.value())
                    .getResultList());
  }

  @Override
  public Uni<Void> add(Member member) {
    return Panache.getSession().flatMap(session -> session.persist(member));
  }

  @Override
  public Uni<Void> add(Identity identity) {
    return Panache.getSession().flatMap(session -> session.persist(identity).chain(session::flush));
  }

  @Override
  public Uni<MemberView> view(MemberId id) {
    return Panache.getSession().flatMap(session -> queries.get(SqlTransaction.of(session), id));
  }

  private static Uni<List<Identity>> byKey(Mutiny.Session session, IdentityKey key) {
    return session
        .createSelectionQuery(
            "from Identity i where i.kind = :kind and i.appId = :app and i.subject = :subject",
            Identity.class)
        .setParameter("kind", key.kind())
        .setParameter("app", key.appId())
        .setParameter("subject", key.subject())
        .getResultList();
  }
}
