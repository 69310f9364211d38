package io.siyu.mall.cps;

import io.quarkus.test.Mock;
import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.cps.distributor.Sellers;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** The distributor service, as far as it is asked: who somebody is, and who is credited now. */
@Mock
@ApplicationScoped
public class TestDistributors implements DistributorClient {

  private final Map<UUID, UUID> byMember = new ConcurrentHashMap<>();
  private final Map<UUID, UUID> members = new ConcurrentHashMap<>();
  private final Map<UUID, Seller> byId = new ConcurrentHashMap<>();
  private final List<Change> record = new CopyOnWriteArrayList<>();
  private final List<Set<UUID>> questions = new CopyOnWriteArrayList<>();
  private final Clock clock;
  private volatile boolean down;

  TestDistributors(Clock clock) {
    this.clock = clock;
  }

  private record Change(Instant at, Seller seller) {}

  /** Makes the member a distributor, or one again: then their earlier seats stand for this one. */
  public Seller put(UUID member, UUID upline, boolean active) {
    UUID id = UUID.randomUUID();
    byMember.put(member, id);
    members.put(id, member);
    return change(id, upline, active);
  }

  /** Staff change somebody. */
  public Seller change(UUID id, UUID upline, boolean active) {
    Seller seller = new Seller(id, upline, active);
    byId.put(id, seller);
    record.add(new Change(clock.instant(), seller));
    return seller;
  }

  /** Whether nobody answers from now on. */
  public void down(boolean none) {
    down = none;
  }

  /** What was asked since it was last looked at; each question alone. */
  public List<Set<UUID>> takeQuestions() {
    List<Set<UUID>> taken = new ArrayList<>(questions);
    questions.clear();
    return taken;
  }

  @Override
  public Uni<Seller> me() {
    UUID id = byMember.get(Caller.current().memberId());
    return id == null
        ? Uni.createFrom()
            .failure(DomainException.notFound("DISTRIBUTOR_NOT_FOUND", "is no distributor"))
        : Uni.createFrom().item(new Seller(id, null, byId.get(id).active()));
  }

  @Override
  public Uni<List<Set<Seller>>> recall(List<Moment> moments) {
    return Uni.createFrom().item(moments.stream().map(this::around).toList());
  }

  /** The one of ten seconds before, and those that came within ten seconds of the moment. */
  private Set<Seller> around(Moment moment) {
    Set<Seller> answers = new HashSet<>();
    Seller before = new Seller(moment.distributorId(), null, false);
    for (Change change : record) {
      if (members.get(change.seller.distributorId()).equals(members.get(moment.distributorId()))) {
        if (!change.at.isAfter(moment.at().minusSeconds(10))) {
          before = change.seller;
        } else if (!change.at.isAfter(moment.at().plusSeconds(10))) {
          answers.add(change.seller);
        }
      }
    }
    answers.add(before);
    return answers;
  }

  private Seller now(UUID id) {
    return byId.get(byMember.get(members.get(id)));
  }

  @Override
  public Uni<Sellers> sellers(Collection<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Sellers.NONE);
    }
    questions.add(Set.copyOf(ids));
    return down
        ? Uni.createFrom()
            .failure(new DomainException(Kind.UNAVAILABLE, "UPSTREAM_UNAVAILABLE", "is down"))
        : Uni.createFrom()
            .item(
                new Sellers(
                    clock.instant(),
                    ids.stream()
                        .filter(byId::containsKey)
                        .collect(Collectors.toMap(id -> id, this::now))));
  }
}
