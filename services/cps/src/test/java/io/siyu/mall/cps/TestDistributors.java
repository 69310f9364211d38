package io.siyu.mall.cps;

import io.quarkus.test.Mock;
import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The distributor service, as far as it is asked: who the calling member is. */
@Mock
@ApplicationScoped
public class TestDistributors implements DistributorClient {

  private final Map<UUID, Seller> byMember = new ConcurrentHashMap<>();

  /** Makes the member a distributor. */
  public Seller put(UUID member, UUID upline, boolean active) {
    Seller seller = new Seller(UUID.randomUUID(), upline, active);
    byMember.put(member, seller);
    return seller;
  }

  @Override
  public Uni<Seller> me() {
    Seller seller = byMember.get(Caller.current().memberId());
    return seller == null
        ? Uni.createFrom()
            .failure(DomainException.notFound("DISTRIBUTOR_NOT_FOUND", "is no distributor"))
        : Uni.createFrom().item(seller);
  }
}
