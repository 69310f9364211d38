package io.siyu.mall.distributor.rule;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Reads of commission rules. */
@ApplicationScoped
public class RuleQueries {

  private static final String FROM =
      " FROM commission_rules r JOIN commission_rule_versions v ON v.rule_id = r.rule_id";

  private final SqlReader reader;

  RuleQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** All rules that may concern the lines, in one statement. */
  public Uni<RuleBook> book(Collection<RuleBook.Goods> lines, Instant at) {
    List<Object> params = Marks.padded(RuleBook.keys(lines));
    String keys = Marks.list(params.size());
    params.add(at);
    return reader
        .select(
            "SELECT "
                + SqlRules.COLUMNS
                + FROM
                + " WHERE v.scope_key IN ("
                + keys
                + ") AND v.effective_from <= ?",
            params.toArray())
        .map(rows -> new RuleBook(rows.stream().map(SqlRules::read).toList(), at));
  }

  /**
   * One version.
   *
   * @param version 0: the newest
   * @throws DomainException RULE_NOT_FOUND
   */
  public Uni<RuleVersion> get(UUID ruleId, long version) {
    return reader
        .select(
            "SELECT "
                + SqlRules.COLUMNS
                + FROM
                + " WHERE v.rule_id = ? AND v.version = IF(? = 0, r.version, ?)",
            ruleId,
            version,
            version)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(RuleCommands.NOT_FOUND, "there is no such rule");
              }
              return SqlRules.read(rows.get(0));
            });
  }

  /**
   * The newest version of each rule, by rule id.
   *
   * @param brands only rules of these brands; null: all
   */
  public Uni<List<RuleVersion>> list(Collection<String> brands, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    List<Object> params = new ArrayList<>();
    params.add(after == null ? new UUID(0, 0) : after.uuid(0));
    String ofBrands = "";
    if (brands != null) {
      if (brands.isEmpty()) {
        return Uni.createFrom().item(List.of());
      }
      ofBrands = " AND r.brand_code IN (" + Marks.list(brands.size()) + ")";
      params.addAll(brands);
    }
    return reader
        .select(
            "SELECT "
                + SqlRules.COLUMNS
                + FROM
                + " AND v.version = r.version WHERE r.rule_id > ?"
                + ofBrands
                + " ORDER BY r.rule_id LIMIT "
                + limit,
            params.toArray())
        .map(rows -> rows.stream().map(SqlRules::read).toList());
  }
}
