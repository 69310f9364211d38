package io.siyu.mall.distributor.fan;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A distributor's fans: the members bound to them now, to whichever of their seats. */
@ApplicationScoped
public class FanQueries {

  private static final UUID LAST = new UUID(-1, -1);

  private final SqlReader reader;

  FanQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /**
   * A bound member.
   *
   * @param effective whether there is at least one paid order
   * @param lastOrderAt null when there is none
   */
  public record Fan(
      UUID bindingId,
      UUID memberId,
      Instant boundAt,
      long paidOrders,
      boolean effective,
      Instant lastOrderAt) {}

  /** Fans, the newest first; one page is one range of an index, however many there are. */
  public Uni<List<Fan>> list(List<UUID> distributorIds, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    List<Object> params = new ArrayList<>(distributorIds);
    params.add(after == null ? LAST : after.uuid(0));
    return reader
        .select(
            "SELECT b.id, b.member_id, b.started_at, y.paid_orders, b.effective, y.last_paid_at"
                + " FROM bindings b JOIN buyers y ON y.member_id = b.member_id"
                + " WHERE b.open_distributor IN ("
                + Marks.list(distributorIds.size())
                + ") AND b.id < ? ORDER BY b.id DESC LIMIT "
                + limit,
            params.toArray())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new Fan(
                                row.uuid(0),
                                row.uuid(1),
                                row.instant(2),
                                row.number(3),
                                row.number(4) != 0,
                                row.instant(5)))
                    .toList());
  }

  /** How many of them have a paid order. */
  public Uni<Long> effective(List<UUID> distributorIds) {
    return reader
        .select(
            "SELECT COUNT(*) FROM bindings WHERE open_distributor IN ("
                + Marks.list(distributorIds.size())
                + ") AND effective = 1",
            distributorIds.toArray())
        .map(rows -> rows.get(0).number(0));
  }
}
