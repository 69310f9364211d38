package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads of balances, commissions and postings. */
@ApplicationScoped
public class LedgerQueries {

  public static final String NOT_FOUND = "COMMISSION_NOT_FOUND";

  private static final UUID LAST = new UUID(-1, -1);
  private static final String COMMISSIONS =
      "SELECT "
          + SqlBook.COMMISSION_COLUMNS
          + ", COALESCE(o.order_no, x.order_no), COALESCE(l.title, x.title) FROM commissions c"
          + " LEFT JOIN order_facts o ON o.order_id = c.order_id"
          + " LEFT JOIN line_facts l ON l.order_line_id = c.order_line_id"
          + " LEFT JOIN cps_facts x ON x.cps_order_id = c.order_id";
  private static final String POSTINGS =
      "SELECT p.id, p.entry_id, p.owner_kind, p.owner_id, p.bucket, p.amount_fen, e.event,"
          + " p.commission_id, p.withdrawal_id, e.at FROM postings p"
          + " JOIN ledger_entries e ON e.id = p.entry_id";

  private final SqlReader reader;
  private final FactRows facts;

  LedgerQueries(Pool pool, FactRows facts) {
    this.reader = SqlReader.of(pool);
    this.facts = facts;
  }

  /** The balances of a distributor's member, and the tax withheld from what was paid. */
  public record BalanceView(UUID distributorId, Account account, Money taxWithheld) {}

  /** A commission with what names it to a person. */
  public record CommissionView(Commission commission, String orderNo, String title) {}

  /** A posting with the entry it belongs to. */
  public record PostingView(
      UUID id,
      UUID entryId,
      OwnerKind ownerKind,
      UUID ownerId,
      Bucket bucket,
      Money amount,
      String event,
      UUID commissionId,
      UUID withdrawalId,
      Instant at) {}

  /** One refund of a line. */
  public record RefundView(String refundId, long quantity, Money amount, Instant at) {}

  /** What is known of an outside order. */
  public Uni<CpsFacts> outsideOrder(UUID orderId) {
    return CpsBook.read(reader, List.of(orderId)).map(found -> found.get(orderId));
  }

  /** Everything that explains a commission; of an outside order there is no own order. */
  public record Evidence(
      CommissionView commission,
      OrderFacts order,
      List<RefundView> refunds,
      List<PostingView> postings) {}

  /**
   * The account that a distributor's money is in.
   *
   * @throws DomainException DISTRIBUTOR_NOT_FOUND
   */
  public Uni<BalanceView> balance(UUID distributorId) {
    return reader
        .select(
            "SELECT d.member_id, COALESCE(a.pending_fen, 0), COALESCE(a.frozen_fen, 0),"
                + " COALESCE(a.available_fen, 0), COALESCE(a.withdrawing_fen, 0),"
                + " COALESCE(a.paid_out_fen, 0), COALESCE(a.debt_fen, 0),"
                + " CAST((SELECT COALESCE(SUM(w.tax_fen), 0) FROM withdrawals w"
                + " WHERE w.member_id = d.member_id AND w.state = 'PAID') AS SIGNED)"
                + " FROM distributors d LEFT JOIN accounts a ON a.member_id = d.member_id"
                + " WHERE d.id = ?",
            distributorId)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    "DISTRIBUTOR_NOT_FOUND", "there is no such distributor");
              }
              return new BalanceView(
                  distributorId, SqlAccounts.account(rows.get(0)), rows.get(0).fen(7));
            });
  }

  /**
   * Commissions, the newest first.
   *
   * @param distributorIds empty: of everybody
   * @param orderId null: of all orders
   */
  public Uni<List<CommissionView>> commissions(
      List<UUID> distributorIds, UUID orderId, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    StringBuilder sql = new StringBuilder(COMMISSIONS + " WHERE c.id < ?");
    List<Object> params = new ArrayList<>();
    params.add(after == null ? LAST : after.uuid(0));
    if (!distributorIds.isEmpty()) {
      sql.append(" AND c.distributor_id IN (")
          .append(Marks.list(distributorIds.size()))
          .append(')');
      params.addAll(distributorIds);
    }
    if (orderId != null) {
      sql.append(" AND c.order_id = ?");
      params.add(orderId);
    }
    sql.append(" ORDER BY c.id DESC LIMIT ").append(limit);
    return reader
        .select(sql.toString(), params.toArray())
        .map(rows -> rows.stream().map(LedgerQueries::commission).toList());
  }

  /** The postings of a distributor's member, the newest first. */
  public Uni<List<PostingView>> postings(UUID distributorId, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    return reader
        .select(
            POSTINGS
                + " WHERE p.owner_kind = 'DISTRIBUTOR' AND p.owner_id ="
                + " (SELECT member_id FROM distributors WHERE id = ?) AND p.id < ?"
                + " ORDER BY p.id DESC LIMIT "
                + limit,
            distributorId,
            after == null ? LAST : after.uuid(0))
        .map(rows -> rows.stream().map(LedgerQueries::posting).toList());
  }

  /**
   * What explains a commission, by seven statements.
   *
   * @param distributorIds only theirs; empty: anybody's
   * @throws DomainException COMMISSION_NOT_FOUND
   */
  public Uni<Evidence> evidence(UUID commissionId, List<UUID> distributorIds) {
    return reader
        .select(COMMISSIONS + " WHERE c.id = ?", commissionId)
        .map(
            rows -> {
              CommissionView found = rows.isEmpty() ? null : commission(rows.get(0));
              if (found == null
                  || !distributorIds.isEmpty()
                      && !distributorIds.contains(found.commission().beneficiary())) {
                throw DomainException.notFound(NOT_FOUND, "there is no such commission");
              }
              return found;
            })
        .chain(
            found ->
                Uni.combine()
                    .all()
                    .unis(
                        facts.read(reader, List.of(found.commission().orderId())),
                        refunds(found.commission().lineId()),
                        reader.select(
                            POSTINGS + " WHERE p.commission_id = ? ORDER BY p.id", commissionId))
                    .asTuple()
                    .map(
                        t ->
                            new Evidence(
                                found,
                                t.getItem1().get(found.commission().orderId()),
                                t.getItem2(),
                                t.getItem3().stream().map(LedgerQueries::posting).toList())));
  }

  private Uni<List<RefundView>> refunds(UUID lineId) {
    return reader
        .select(
            "SELECT refund_id, quantity, amount_fen, refunded_at FROM refund_facts"
                + " WHERE order_line_id = ? ORDER BY refunded_at, refund_id",
            lineId)
        .map(
            rows ->
                rows.stream()
                    .map(r -> new RefundView(r.text(0), r.number(1), r.fen(2), r.instant(3)))
                    .toList());
  }

  private static CommissionView commission(SqlRow row) {
    return new CommissionView(SqlBook.commission(row), row.text(14), row.text(15));
  }

  private static PostingView posting(SqlRow row) {
    return new PostingView(
        row.uuid(0),
        row.uuid(1),
        OwnerKind.valueOf(row.text(2)),
        row.uuid(3),
        Bucket.valueOf(row.text(4)),
        row.fen(5),
        row.text(6),
        row.uuid(7),
        row.uuid(8),
        row.instant(9));
  }
}
