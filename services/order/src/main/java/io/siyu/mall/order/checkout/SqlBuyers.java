package io.siyu.mall.order.checkout;

import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Members' last trades by plain SQL: a bounded walk of one index, and the lines of what waits. */
@ApplicationScoped
class SqlBuyers implements Buyers {

  private static final String LAST =
      "SELECT t.member_sequence, t.state, t.placed_at, t.expires_at, t.cancelled_at, l.sku_id,"
          + " l.quantity FROM (SELECT id, member_sequence, state, placed_at, expires_at,"
          + " cancelled_at FROM trade WHERE member_id = ? AND member_sequence > 0"
          + " ORDER BY member_sequence DESC LIMIT ?) t"
          + " LEFT JOIN orders o ON o.trade_id = t.id AND t.state = 'PENDING_PAYMENT'"
          + " LEFT JOIN order_line l ON l.order_id = o.id ORDER BY t.member_sequence DESC";

  private final Pool pool;
  private final HoldLimits limits;

  SqlBuyers(Pool pool, HoldLimits limits) {
    this.pool = pool;
    this.limits = limits;
  }

  @Override
  public Uni<Buyer> of(UUID memberId) {
    return pool.withConnection(
            c -> SqlTransaction.of(c).select(LAST, memberId, limits.lastTrades()))
        .map(SqlBuyers::buyer);
  }

  private static Buyer buyer(List<SqlRow> rows) {
    Map<Long, SqlRow> heads = new LinkedHashMap<>();
    Map<Long, Map<UUID, Long>> pieces = new HashMap<>();
    for (SqlRow row : rows) {
      heads.putIfAbsent(row.number(0), row);
      Map<UUID, Long> held = pieces.computeIfAbsent(row.number(0), n -> new HashMap<>());
      if (row.uuid(5) != null) {
        held.merge(row.uuid(5), row.number(6), Long::sum);
      }
    }
    List<Buyer.Recent> last = new ArrayList<>();
    heads.forEach(
        (sequence, row) ->
            last.add(
                new Buyer.Recent(
                    sequence,
                    TradeState.valueOf(row.text(1)),
                    row.instant(2),
                    row.instant(3),
                    row.instant(4),
                    pieces.get(sequence))));
    return new Buyer(last);
  }
}
