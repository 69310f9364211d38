package io.siyu.mall.membership.address;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.Members;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Address books in the database; the member's row is the lock of the whole book. */
@ApplicationScoped
public class HibernateAddresses implements Addresses {

  private final Members members;

  @Inject
  HibernateAddresses(Members members) {
    this.members = members;
  }

  @Override
  public Uni<AddressBook> lock(MemberId member) {
    return members
        .lockLiving(member)
        .chain(Panache::getSession)
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        "from Address a where a.memberId = :member order by a.id", Address.class)
                    .setParameter("member", member.value())
                    .getResultList())
        .map(addresses -> new AddressBook(member, addresses));
  }

  @Override
  public Uni<Void> save(AddressBook book) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .persistAll(book.added().toArray())
                    .chain(() -> session.removeAll(book.removed().toArray())));
  }
}
