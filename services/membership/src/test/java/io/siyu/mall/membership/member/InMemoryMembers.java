package io.siyu.mall.membership.member;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members in a map. */
public final class InMemoryMembers implements Members {

  public final Map<MemberId, Member> members = new LinkedHashMap<>();
  public final List<Identity> identities = new ArrayList<>();

  @Override
  public Uni<Optional<Member>> find(MemberId id) {
    return Uni.createFrom().item(Optional.ofNullable(members.get(id)));
  }

  @Override
  public Uni<Optional<Member>> lock(MemberId id) {
    return find(id);
  }

  @Override
  public Uni<List<Identity>> identities(Collection<IdentityKey> keys) {
    return Uni.createFrom()
        .item(identities.stream().filter(identity -> keys.contains(identity.key())).toList());
  }

  @Override
  public Uni<List<Identity>> identitiesOf(MemberId member) {
    return Uni.createFrom()
        .item(identities.stream().filter(i -> i.memberId().equals(member)).toList());
  }

  @Override
  public Uni<Void> add(Member member) {
    members.put(member.memberId(), member);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> add(Identity identity) {
    if (identities.stream().anyMatch(known -> known.key().equals(identity.key()))) {
      return Uni.createFrom().failure(new IllegalStateException("duplicate key"));
    }
    identities.add(identity);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<MemberView> view(MemberId id) {
    return Uni.createFrom()
        .item(members.get(id))
        .map(
            m ->
                new MemberView(
                    id,
                    m.nickname(),
                    m.avatarUrl(),
                    "",
                    0,
                    "",
                    0,
                    m.version(),
                    m.registeredAt(),
                    null,
                    List.of()));
  }
}
