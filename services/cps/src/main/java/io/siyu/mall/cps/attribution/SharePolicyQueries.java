package io.siyu.mall.cps.attribution;

import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads of share policies. */
@ApplicationScoped
public class SharePolicyQueries {

  private final SqlReader reader;
  private final SharePolicies policies;

  SharePolicyQueries(SqlReader reader, SharePolicies policies) {
    this.reader = reader;
    this.policies = policies;
  }

  /** One page, the newest first; an empty token on the last one. */
  public record Page(List<SharePolicy> policies, String nextToken) {}

  public Uni<Page> list(int pageSize, String token) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(token, 1);
    return policies
        .before(reader, after == null ? Long.MAX_VALUE : after.number(0), size + 1)
        .map(
            found ->
                found.size() <= size
                    ? new Page(found, "")
                    : new Page(
                        found.subList(0, size), PageTokens.encode(found.get(size - 1).version())));
  }
}
