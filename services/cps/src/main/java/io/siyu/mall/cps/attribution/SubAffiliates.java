package io.siyu.mall.cps.attribution;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** The distributors' ids at outside platforms. */
@ApplicationScoped
public class SubAffiliates {

  private static final int CONFLICT_RETRIES = 3;
  private static final String COLUMNS =
      "SELECT platform, distributor_id, sub_affiliate_id FROM sub_affiliates";

  private final Pool pool;

  SubAffiliates(Pool pool) {
    this.pool = pool;
  }

  /** The distributor's id at the platform, if they have one. */
  public Uni<Optional<SubAffiliate>> find(SqlReader from, Platform platform, UUID distributorId) {
    return from.select(
            COLUMNS + " WHERE platform = ? AND distributor_id = ?", platform, distributorId)
        .map(rows -> rows.stream().map(SubAffiliates::read).findFirst());
  }

  /** Those behind the ids that orders came back with. */
  public Uni<Map<String, SubAffiliate>> byId(
      SqlReader from, Platform platform, Collection<String> ids) {
    Map<String, SubAffiliate> found = new HashMap<>();
    if (ids.isEmpty()) {
      return Uni.createFrom().item(found);
    }
    List<Object> params = new ArrayList<>();
    params.add(platform);
    params.addAll(new TreeSet<>(ids));
    return from.select(
            COLUMNS
                + " WHERE platform = ? AND sub_affiliate_id IN ("
                + Marks.list(params.size() - 1)
                + ")",
            params.toArray())
        .map(
            rows -> {
              rows.forEach(row -> found.put(row.text(2), read(row)));
              return found;
            });
  }

  /**
   * Stores it, in a transaction of its own; a distributor who has one keeps that.
   *
   * @return the distributor's as it is stored: another one, if somebody was faster; empty if the id
   *     belongs to somebody else
   */
  public Uni<Optional<SubAffiliate>> save(SubAffiliate one, Instant now) {
    return pool.withTransaction(
            connection -> {
              SqlTransaction tx = SqlTransaction.of(connection);
              return tx.execute(
                      "INSERT INTO sub_affiliates (platform, distributor_id, sub_affiliate_id,"
                          + " created_at) VALUES (?, ?, ?, ?)"
                          + " ON DUPLICATE KEY UPDATE created_at = created_at",
                      one.platform(),
                      one.distributorId(),
                      one.id(),
                      now)
                  .chain(() -> find(tx, one.platform(), one.distributorId()));
            })
        .onFailure(DatabaseErrors::isDeadlock)
        .retry()
        .atMost(CONFLICT_RETRIES);
  }

  private static SubAffiliate read(io.siyu.mall.platform.sql.SqlRow row) {
    return new SubAffiliate(Platform.valueOf(row.text(0)), row.uuid(1), row.text(2));
  }
}
