package io.siyu.mall.membership.growth;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads growth. */
@ApplicationScoped
public class GrowthQueries {

  private static final String ACCOUNT =
      "SELECT COALESCE(g.growth_value, 0), COALESCE(g.level, 0), g.valid_until FROM members m"
          + " LEFT JOIN growth_accounts g ON g.member_id = m.id WHERE m.id = ?";

  private final Pool pool;
  private final LevelTables tables;

  @Inject
  GrowthQueries(Pool pool, LevelTables tables) {
    this.pool = pool;
    this.tables = tables;
  }

  /**
   * Where the member stands.
   *
   * @return fails with NOT_FOUND {@link RecordGrowth#MEMBER_UNKNOWN}
   */
  public Uni<GrowthView> get(UUID memberId) {
    return pool.withConnection(
        connection -> {
          SqlTransaction sql = SqlTransaction.of(connection);
          return tables
              .current(sql)
              .flatMap(
                  table ->
                      sql.select(ACCOUNT, memberId)
                          .map(
                              rows ->
                                  rows.stream()
                                      .findFirst()
                                      .map(row -> view(memberId, row, table))
                                      .orElseThrow(GrowthQueries::unknown)));
        });
  }

  /** A page of the member's entries, newest first. */
  public Uni<GrowthPage> entries(UUID memberId, int pageSize, String pageToken) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(pageToken, 1);
    List<Object> params = new ArrayList<>(List.of(memberId));
    String keyset = "";
    if (after != null) {
      keyset = " AND id < ?";
      params.add(after.uuid(0));
    }
    String sql =
        SqlGrowthAccounts.SELECT_ENTRIES
            + " WHERE member_id = ?"
            + keyset
            + " ORDER BY id DESC LIMIT "
            + (size + 1);
    return pool.withConnection(
        connection ->
            SqlTransaction.of(connection)
                .select(sql, params.toArray())
                .map(rows -> page(rows.stream().map(SqlGrowthAccounts::entry).toList(), size)));
  }

  private static GrowthPage page(List<GrowthEntry> found, int size) {
    if (found.size() <= size) {
      return new GrowthPage(found, "");
    }
    return new GrowthPage(found.subList(0, size), PageTokens.encode(found.get(size - 1).id()));
  }

  private static GrowthView view(UUID memberId, SqlRow row, LevelTable table) {
    Level level = table.level((int) row.number(1));
    long nextAt = table.above(level).map(Level::from).orElse(0L);
    return new GrowthView(
        memberId, row.number(0), level.number(), level.name(), nextAt, row.instant(2));
  }

  private static DomainException unknown() {
    return DomainException.notFound(RecordGrowth.MEMBER_UNKNOWN, "there is no such member");
  }
}
