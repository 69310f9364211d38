package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.distributor.DistributorClient;
import io.siyu.mall.cps.distributor.Seller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads of claims. */
@ApplicationScoped
public class ClaimQueries {

  private final SqlReader reader;
  private final Claims claims;
  private final DistributorClient distributors;

  ClaimQueries(SqlReader reader, Claims claims, DistributorClient distributors) {
    this.reader = reader;
    this.claims = claims;
    this.distributors = distributors;
  }

  /** One page; an empty token on the last one. */
  public record Page(List<Claim> claims, String nextToken) {}

  /** The calling distributor's own. */
  public Uni<Page> own(ClaimState state, int pageSize, String token) {
    return distributors
        .me()
        .map(Seller::distributorId)
        .chain(me -> list(me, state, pageSize, token));
  }

  /** Everybody's. */
  public Uni<Page> all(ClaimState state, int pageSize, String token) {
    return list(null, state, pageSize, token);
  }

  private Uni<Page> list(UUID distributorId, ClaimState state, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(token, 1);
    return claims
        .list(reader, distributorId, state, after == null ? null : after.uuid(0), size + 1)
        .map(
            found ->
                found.size() <= size
                    ? new Page(found, "")
                    : new Page(
                        found.subList(0, size), PageTokens.encode(found.get(size - 1).id())));
  }
}
