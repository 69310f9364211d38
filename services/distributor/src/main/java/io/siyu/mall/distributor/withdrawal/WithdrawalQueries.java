package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads of withdrawals. */
@ApplicationScoped
public class WithdrawalQueries {

  private static final UUID LAST = new UUID(-1, -1);

  private final SqlReader reader;

  WithdrawalQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /**
   * One withdrawal.
   *
   * @param memberId only theirs; null: anybody's
   */
  public Uni<Withdrawal> get(UUID id, UUID memberId) {
    return reader
        .select("SELECT " + SqlWithdrawals.COLUMNS + " FROM withdrawals w WHERE w.id = ?", id)
        .map(
            rows -> {
              Withdrawal found = rows.isEmpty() ? null : SqlWithdrawals.read(rows.get(0));
              if (found == null || memberId != null && !memberId.equals(found.memberId())) {
                throw WithdrawalCommands.unknown();
              }
              return found;
            });
  }

  /**
   * Withdrawals, the newest first.
   *
   * @param memberId null: of everybody
   * @param state null: any
   */
  public Uni<List<Withdrawal>> list(UUID memberId, WithdrawalState state, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    StringBuilder sql =
        new StringBuilder(
            "SELECT " + SqlWithdrawals.COLUMNS + " FROM withdrawals w WHERE w.id < ?");
    List<Object> params = new ArrayList<>();
    params.add(after == null ? LAST : after.uuid(0));
    if (memberId != null) {
      sql.append(" AND w.member_id = ?");
      params.add(memberId);
    }
    if (state != null) {
      sql.append(" AND w.state = ?");
      params.add(state);
    }
    sql.append(" ORDER BY w.id DESC LIMIT ").append(limit);
    return reader
        .select(sql.toString(), params.toArray())
        .map(rows -> rows.stream().map(SqlWithdrawals::read).toList());
  }

  /** What staff decided about each of them, in order. */
  public Uni<Map<UUID, List<Decision>>> decisions(List<UUID> ids) {
    if (ids.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    return reader
        .select(
            "SELECT "
                + SqlWithdrawals.DECISION
                + ", withdrawal_id FROM withdrawal_decisions WHERE withdrawal_id IN ("
                + Marks.list(ids.size())
                + ") ORDER BY id",
            ids.toArray())
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.uuid(4),
                            Collectors.mapping(SqlWithdrawals::decision, Collectors.toList()))));
  }

  /** How many are under way of which the last attempt brought nothing certain, or a refusal. */
  public Uni<Long> troubled() {
    return reader
        .select("SELECT COUNT(*) FROM withdrawals WHERE state = 'PAYING' AND failure <> ''")
        .map(rows -> rows.get(0).number(0));
  }
}
