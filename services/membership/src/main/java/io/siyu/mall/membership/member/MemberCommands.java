package io.siyu.mall.membership.member;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What members change about themselves. */
@ApplicationScoped
public class MemberCommands {

  private final Members members;

  @Inject
  MemberCommands(Members members) {
    this.members = members;
  }

  /**
   * Changes what is not null.
   *
   * @param version the one that was read
   * @return the member after it
   */
  @WithTransaction
  public Uni<MemberView> changeProfile(
      MemberId id, long version, String nickname, String avatarUrl) {
    return members
        .lockLiving(id)
        .invoke(member -> member.requireVersion(version))
        .invoke(member -> member.changeProfile(nickname, avatarUrl))
        .chain(() -> members.view(id));
  }
}
