package io.siyu.mall.cps.statement;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.statement.Difference.Reason;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads of statements. */
@ApplicationScoped
public class StatementQueries {

  public static final String NOT_FOUND = "CPS_STATEMENT_NOT_FOUND";

  private final SqlReader reader;
  private final Statements statements;

  StatementQueries(SqlReader reader, Statements statements) {
    this.reader = reader;
    this.statements = statements;
  }

  /** One page; an empty token on the last one. */
  public record Page<T>(List<T> entries, String nextToken) {}

  /**
   * The newest month first.
   *
   * @param platform null: all
   */
  public Uni<Page<Statement>> list(Platform platform, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(token, 2);
    StringBuilder sql = new StringBuilder(Statements.COLUMNS + " WHERE TRUE");
    List<Object> params = new ArrayList<>();
    if (platform != null) {
      sql.append(" AND platform = ?");
      params.add(platform);
    }
    if (after != null) {
      sql.append(" AND (month < ? OR month = ? AND id < ?)");
      params.add(after.text(0));
      params.add(after.text(0));
      params.add(after.uuid(1));
    }
    sql.append(" ORDER BY month DESC, id DESC LIMIT ").append(size + 1);
    return reader
        .select(sql.toString(), params.toArray())
        .map(
            rows -> {
              List<Statement> found = rows.stream().limit(size).map(Statements::statement).toList();
              Statement last = found.isEmpty() ? null : found.get(found.size() - 1);
              return new Page<>(
                  found,
                  rows.size() > size ? PageTokens.encode(last.month().toString(), last.id()) : "");
            });
  }

  /**
   * @throws DomainException {@value #NOT_FOUND}, in the Uni
   */
  public Uni<Statement> get(UUID id) {
    return statements
        .find(reader, id)
        .map(
            found ->
                found.orElseThrow(
                    () -> DomainException.notFound(NOT_FOUND, "there is no such statement")));
  }

  /** Claw-backs first, then orders. */
  public Uni<Page<Difference>> differences(UUID id, int pageSize, String token) {
    int size = PageSize.of(pageSize);
    PageKey after = PageTokens.decode(token, 3);
    String sql =
        "SELECT kind, order_id, refund_no, reason, order_no, sub_order_no, ours_fen, theirs_fen,"
            + " ours_fee_fen, theirs_fee_fen FROM statement_differences WHERE statement_id = ?";
    List<Object> params = new ArrayList<>();
    params.add(id);
    if (after != null) {
      sql += " AND (kind > ? OR kind = ? AND (order_id > ? OR order_id = ? AND refund_no > ?))";
      params.add(after.text(0));
      params.add(after.text(0));
      params.add(after.uuid(1));
      params.add(after.uuid(1));
      params.add(after.text(2));
    }
    String read = sql + " ORDER BY kind, order_id, refund_no LIMIT " + (size + 1);
    return get(id)
        .chain(() -> reader.select(read, params.toArray()))
        .map(
            rows -> {
              List<Difference> found =
                  rows.stream().limit(size).map(StatementQueries::difference).toList();
              SqlRow last = rows.isEmpty() ? null : rows.get(found.size() - 1);
              return new Page<>(
                  found,
                  rows.size() > size
                      ? PageTokens.encode(last.text(0), last.uuid(1), last.text(2))
                      : "");
            });
  }

  private static Difference difference(SqlRow row) {
    return new Difference(
        row.text(0).equals("CLAWBACK"),
        row.uuid(1),
        row.text(2),
        Reason.valueOf(row.text(3)),
        row.text(4),
        row.text(5),
        row.fen(6),
        row.fen(7),
        row.fen(8),
        row.fen(9));
  }
}
