package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** The book in the database: plain SQL, statements of many rows. */
@ApplicationScoped
public class SqlBook implements Book {

  /** The columns that {@link #commission} wants. */
  static final String COMMISSION_COLUMNS =
      "c.id, c.source, c.order_id, c.order_line_id, c.level, c.distributor_id, c.base_fen,"
          + " c.earned_fen, c.reversed_fen, c.pending_fen, c.frozen_fen, c.released_fen, c.paused,"
          + " c.created_at";

  private final FactRows facts;

  SqlBook(FactRows facts) {
    this.facts = facts;
  }

  @Override
  public Uni<Map<UUID, OrderFacts>> lockOrders(SqlTransaction tx, Collection<UUID> orderIds) {
    Collection<UUID> sorted = new TreeSet<>(orderIds);
    // Writing the rows locks them whether they were there or not. A locking read of missing rows
    // would lock the gap instead, where two such transactions block each other's insert for good.
    SqlValues rows =
        SqlValues.into("order_facts", "order_id").orUpdate("order_id = VALUES(order_id)");
    sorted.forEach(rows::row);
    return tx.insert(rows).chain(() -> facts.read(tx, sorted));
  }

  @Override
  public Uni<Map<Commission.Key, Commission>> commissions(
      SqlTransaction tx, Collection<UUID> orderIds) {
    return tx.select(
            "SELECT "
                + COMMISSION_COLUMNS
                + " FROM commissions c WHERE c.order_id IN ("
                + Marks.list(orderIds.size())
                + ")",
            orderIds.toArray())
        .map(
            rows -> {
              Map<Commission.Key, Commission> found = new LinkedHashMap<>();
              for (SqlRow row : rows) {
                Commission commission = commission(row);
                found.put(commission.key(), commission);
              }
              return found;
            });
  }

  @Override
  public Uni<Map<UUID, Account>> lockAccounts(SqlTransaction tx, Collection<UUID> distributorIds) {
    return SqlAccounts.lockOf(tx, distributorIds);
  }

  @Override
  public Uni<Account> lockAccount(SqlTransaction tx, UUID memberId) {
    return SqlAccounts.lock(tx, List.of(memberId)).map(found -> found.get(memberId));
  }

  @Override
  public Uni<Void> saveFacts(
      SqlTransaction tx,
      List<OrderChange> changes,
      Map<UUID, OrderFacts> before,
      Collection<OrderFacts> after) {
    return facts.write(tx, changes, before, after);
  }

  @Override
  public Uni<Void> save(SqlTransaction tx, Bookkeeping.Result result) {
    return saveCommissions(tx, result.commissions())
        .chain(() -> append(tx, result.entries(), null))
        .chain(() -> saveAccounts(tx, result.accounts()));
  }

  @Override
  public Uni<Void> append(SqlTransaction tx, List<Entry> entries, UUID withdrawalId) {
    SqlValues heads =
        SqlValues.into(
            "ledger_entries", "id", "source", "source_id", "beneficiary", "level", "event", "at");
    SqlValues sides =
        SqlValues.into(
            "postings",
            "id",
            "entry_id",
            "owner_kind",
            "owner_id",
            "bucket",
            "amount_fen",
            "commission_id",
            "withdrawal_id");
    for (Entry entry : entries) {
      heads.row(
          entry.id(),
          entry.source(),
          entry.sourceId(),
          entry.beneficiary(),
          entry.level() == null ? "" : entry.level().name(),
          entry.event(),
          entry.at());
      for (Posting posting : entry.postings()) {
        sides.row(
            Ids.next(),
            entry.id(),
            posting.ownerKind(),
            posting.ownerId(),
            posting.bucket(),
            posting.amount(),
            entry.commissionId(),
            withdrawalId);
      }
    }
    return tx.insert(heads).chain(() -> tx.insert(sides)).replaceWithVoid();
  }

  @Override
  public Uni<Void> saveAccounts(SqlTransaction tx, List<Account> accounts) {
    return SqlAccounts.save(tx, accounts);
  }

  private static Uni<Integer> saveCommissions(SqlTransaction tx, List<Commission> commissions) {
    return tx.insert(
        rows(commissions)
            .orUpdate(
                "reversed_fen = VALUES(reversed_fen), pending_fen = VALUES(pending_fen),"
                    + " frozen_fen = VALUES(frozen_fen), released_fen = VALUES(released_fen),"
                    + " paused = VALUES(paused)"));
  }

  /** Commissions as they are stored; whoever inserts them says what may change of known ones. */
  static SqlValues rows(List<Commission> commissions) {
    SqlValues rows =
        SqlValues.into(
            "commissions",
            "id",
            "order_line_id",
            "level",
            "source",
            "order_id",
            "distributor_id",
            "base_fen",
            "earned_fen",
            "reversed_fen",
            "pending_fen",
            "frozen_fen",
            "released_fen",
            "paused",
            "created_at");
    for (Commission c : commissions) {
      rows.row(
          c.id(),
          c.lineId(),
          c.level(),
          c.source(),
          c.orderId(),
          c.beneficiary(),
          c.base(),
          c.earned(),
          c.reversed(),
          c.pending(),
          c.frozen(),
          c.released(),
          c.paused() ? 1 : 0,
          c.createdAt());
    }
    return rows;
  }

  static Commission commission(SqlRow row) {
    return new Commission(
        row.uuid(0),
        Source.valueOf(row.text(1)),
        row.uuid(2),
        row.uuid(3),
        Level.valueOf(row.text(4)),
        row.uuid(5),
        row.fen(6),
        row.fen(7),
        row.fen(8),
        row.fen(9),
        row.fen(10),
        row.fen(11),
        row.number(12) != 0,
        row.instant(13));
  }
}
