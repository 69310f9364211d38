package io.siyu.mall.distributor.rule;

import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

/** Commission rules in the database. */
@ApplicationScoped
public class SqlRules implements Rules {

  /** The columns that {@link #read} wants, of rule {@code r} and version {@code v}. */
  static final String COLUMNS =
      "v.rule_id, v.version, r.scope_type, r.scope_id, r.brand_code, v.direct_kind,"
          + " v.direct_value, v.upline_kind, v.upline_value, v.effective_from, v.effective_until,"
          + " v.changed_by, v.changed_at, v.note";

  private static final String RATE = "RATE";
  private static final String PER_UNIT = "PER_UNIT";

  @Override
  public Uni<History> lock(SqlTransaction tx, UUID ruleId) {
    return tx.select(
            "SELECT "
                + COLUMNS
                + ", r.ended FROM commission_rules r JOIN commission_rule_versions v"
                + " ON v.rule_id = r.rule_id WHERE r.rule_id = ? FOR UPDATE",
            ruleId)
        .map(
            rows ->
                rows.isEmpty()
                    ? null
                    : new History(
                        new Timeline<>(rows.stream().map(SqlRules::read).toList()),
                        rows.get(0).number(14) != 0));
  }

  @Override
  public Uni<Boolean> add(SqlTransaction tx, RuleVersion first) {
    return tx.execute(
            "INSERT IGNORE INTO commission_rules"
                + " (rule_id, scope_type, scope_id, brand_code, version) VALUES (?, ?, ?, ?, ?)",
            first.ruleId(),
            first.scope().type(),
            first.scope().id(),
            first.scope().brandCode(),
            first.version())
        .chain(
            rows -> rows == 0 ? Uni.createFrom().item(false) : insert(tx, first).replaceWith(true));
  }

  @Override
  public Uni<Void> addVersion(SqlTransaction tx, RuleVersion next, boolean ended) {
    return tx.execute(
            "UPDATE commission_rules SET version = ?, ended = ? WHERE rule_id = ?",
            next.version(),
            ended ? 1 : 0,
            next.ruleId())
        .chain(() -> insert(tx, next));
  }

  @Override
  public Uni<UUID> living(SqlTransaction tx, RuleScope scope) {
    return tx.select("SELECT rule_id FROM commission_rules WHERE living_scope = ?", scope.key())
        .map(rows -> rows.isEmpty() ? null : rows.get(0).uuid(0));
  }

  @Override
  public Uni<RuleVersion> endAfter(SqlTransaction tx, RuleScope scope, Instant from) {
    return tx.select(
            "SELECT "
                + COLUMNS
                + " FROM commission_rule_versions v JOIN commission_rules r"
                + " ON r.rule_id = v.rule_id AND r.version = v.version AND r.ended = 1"
                + " WHERE v.scope_key = ? AND v.effective_from > ?"
                + " ORDER BY v.effective_from DESC LIMIT 1",
            scope.key(),
            from)
        .map(rows -> rows.isEmpty() ? null : read(rows.get(0)));
  }

  private static Uni<Void> insert(SqlTransaction tx, RuleVersion v) {
    return tx.execute(
            "INSERT INTO commission_rule_versions (rule_id, version, scope_key, direct_kind,"
                + " direct_value, upline_kind, upline_value, effective_from, effective_until,"
                + " changed_by, changed_at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            v.ruleId(),
            v.version(),
            v.scope().key(),
            kind(v.terms().direct()),
            value(v.terms().direct()),
            kind(v.terms().upline()),
            value(v.terms().upline()),
            v.effectiveFrom(),
            v.effectiveUntil(),
            v.changedBy(),
            v.changedAt(),
            v.note())
        .replaceWithVoid();
  }

  static RuleVersion read(SqlRow row) {
    return new RuleVersion(
        row.uuid(0),
        row.number(1),
        new RuleScope(ScopeType.valueOf(row.text(2)), row.text(3), row.text(4)),
        new RuleTerms(terms(row.text(5), row.number(6)), terms(row.text(7), row.number(8))),
        row.instant(9),
        row.instant(10),
        row.text(11),
        row.instant(12),
        row.text(13));
  }

  private static String kind(CommissionTerms terms) {
    return terms instanceof CommissionTerms.PerUnit ? PER_UNIT : RATE;
  }

  private static long value(CommissionTerms terms) {
    return terms instanceof CommissionTerms.PerUnit fixed
        ? fixed.amount().minor()
        : terms.share().value();
  }

  private static CommissionTerms terms(String kind, long value) {
    return PER_UNIT.equals(kind)
        ? new CommissionTerms.PerUnit(Money.fen(value))
        : new CommissionTerms.Rate(new BasisPoints((int) value));
  }
}
