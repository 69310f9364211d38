package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.distributor.SeatNow;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Sellers as they are now: one statement, however many are asked for. */
@ApplicationScoped
public class SellerQueries {

  private final SqlReader reader;
  private final Clock clock;

  SellerQueries(Pool pool, Clock clock) {
    this.reader = SqlReader.of(pool);
    this.clock = clock;
  }

  /**
   * Sellers as of a moment, each the seat that the member of the id has; who is missing is no
   * distributor.
   *
   * @param sellers by the id that was asked for
   */
  public record Found(Instant asOf, Map<UUID, Seller> sellers) {}

  /** The record of some sellers. */
  public Uni<SellerHistory> history(Collection<UUID> ids) {
    return SellerHistory.read(reader, ids);
  }

  /**
   * The sellers behind some ids, which may name earlier seats: links on outside platforms go on
   * when their member joins again.
   */
  public Uni<Found> find(Collection<UUID> ids) {
    Instant now = clock.instant();
    if (ids.isEmpty()) {
      return Uni.createFrom().item(new Found(now, Map.of()));
    }
    return reader
        .select(
            "SELECT asked.id, "
                + Seller.columns("d", "du")
                + " FROM distributors asked"
                + SeatNow.join("JOIN", "asked.id", "d")
                + " LEFT JOIN distributors du ON du.id = d.upline_id WHERE asked.id IN ("
                + Marks.list(ids.size())
                + ")",
            new TreeSet<>(ids).toArray())
        .map(
            rows ->
                new Found(
                    now,
                    rows.stream()
                        .collect(
                            Collectors.toMap(row -> row.uuid(0), row -> Seller.read(row, 1)))));
  }
}
