package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.paging.PageSize;
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

/** Reads of outside orders, the newest first. */
@ApplicationScoped
public class CpsOrderQueries {

  private final SqlReader reader;

  CpsOrderQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** What staff look for; null: everything. */
  public record Filter(
      CpsOrderState state,
      Platform platform,
      UUID distributorId,
      String orderNo,
      boolean unattributed) {}

  /** One page; an empty token on the last one. */
  public record Page(List<CpsOrder> orders, String nextToken) {}

  /** Those that the distributor earns on, as the one credited or as the upline. */
  public Uni<Page> of(UUID distributorId, CpsOrderState state, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    List<Object> params = new ArrayList<>();
    String sql =
        "("
            + branch("distributor_id", distributorId, state, token, size, params)
            + ") UNION ALL ("
            + branch("upline_id", distributorId, state, token, size, params)
            + ") ORDER BY created_at DESC, id DESC LIMIT "
            + (size + 1);
    return read(sql, params, size);
  }

  /** Those that staff look for. */
  public Uni<Page> all(Filter filter, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    List<Object> params = new ArrayList<>();
    StringBuilder sql =
        new StringBuilder("SELECT " + SqlCpsOrders.COLUMNS + " FROM cps_orders WHERE TRUE");
    and(sql, params, " AND platform = ?", filter.platform());
    and(sql, params, " AND state = ?", filter.state());
    and(sql, params, " AND distributor_id = ?", filter.distributorId());
    and(sql, params, " AND order_no = ?", filter.orderNo());
    if (filter.unattributed()) {
      sql.append(" AND distributor_id IS NULL");
    }
    after(sql, params, token);
    sql.append(" ORDER BY created_at DESC, id DESC LIMIT ").append(size + 1);
    return read(sql.toString(), params, size);
  }

  private Uni<Page> read(String sql, List<Object> params, int size) {
    return reader
        .select(sql, params.toArray())
        .map(
            rows -> {
              List<CpsOrder> found = rows.stream().limit(size).map(SqlCpsOrders::order).toList();
              if (rows.size() <= size) {
                return new Page(found, "");
              }
              CpsOrder last = found.get(size - 1);
              return new Page(found, PageTokens.encode(last.times().createdAt(), last.id()));
            });
  }

  private static String branch(
      String column,
      UUID distributorId,
      CpsOrderState state,
      String token,
      int size,
      List<Object> params) {
    StringBuilder sql =
        new StringBuilder(
            "SELECT " + SqlCpsOrders.COLUMNS + " FROM cps_orders WHERE " + column + " = ?");
    params.add(distributorId);
    and(sql, params, " AND state = ?", state);
    after(sql, params, token);
    return sql + " ORDER BY created_at DESC, id DESC LIMIT " + (size + 1);
  }

  private static void and(StringBuilder sql, List<Object> params, String part, Object value) {
    if (value != null) {
      sql.append(part);
      params.add(value);
    }
  }

  private static void after(StringBuilder sql, List<Object> params, String token) {
    PageKey key = PageTokens.decode(token, 2);
    if (key != null) {
      Instant at = key.instant(0);
      sql.append(" AND (created_at < ? OR created_at = ? AND id < ?)");
      params.add(at);
      params.add(at);
      params.add(key.uuid(1));
    }
  }
}
