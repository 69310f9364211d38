package io.siyu.mall.distributor.distributor;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

/** Invites in the database. */
@ApplicationScoped
public class HibernateInvites implements Invites {

  @Override
  public Uni<Invite> lock(InviteCode code) {
    return Panache.getSession()
        .chain(s -> s.find(Invite.class, code.value(), LockModeType.PESSIMISTIC_WRITE));
  }

  @Override
  public Uni<Void> add(Invite invite) {
    return Panache.getSession().chain(s -> s.persist(invite));
  }
}
