package io.siyu.mall.distributor.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Books outside orders into the one ledger, a delivery at a time: facts are locked, compared by
 * revision, and everything is written by statements of many rows.
 */
@ApplicationScoped
public class CpsBook {

  public static final String CONFLICT = "CPS_FACTS_CONFLICT";

  private static final int ORDERS_AT_A_TIME = 500;

  private final SqlBook book;

  CpsBook(SqlBook book) {
    this.book = book;
  }

  /** One telling: what it says, as it came, and when. */
  public record Told(CpsFacts facts, byte[] raw, Instant at) {}

  /** Books what is newer than what is known; the rest changes nothing. */
  public Uni<Void> book(SqlTransaction tx, List<Told> tellings) {
    Map<UUID, Told> newest = new TreeMap<>();
    tellings.forEach(
        told ->
            newest.merge(
                told.facts().orderId(),
                told,
                (a, b) -> a.facts().revision() >= b.facts().revision() ? a : b));
    return lock(tx, newest.keySet())
        .chain(
            known -> {
              newest.values().removeIf(told -> !isNews(known.get(told.facts().orderId()), told));
              return newest.isEmpty() ? Uni.createFrom().voidItem() : post(tx, newest);
            });
  }

  private static boolean isNews(CpsFacts known, Told told) {
    if (known == null) {
      return true;
    }
    CpsFacts facts = told.facts();
    if (facts.revision() > known.revision() && !facts.credit().equals(known.credit())) {
      throw DomainException.precondition(
              CONFLICT, "an outside order was credited before, to others or in other parts")
          .with("cps_order_id", facts.orderId());
    }
    return facts.revision() > known.revision();
  }

  private Uni<Void> post(SqlTransaction tx, Map<UUID, Told> news) {
    Set<UUID> earners = new TreeSet<>();
    news.values().stream()
        .flatMap(told -> CpsDerivation.of(told.facts()).stream())
        .forEach(commission -> earners.add(commission.beneficiary()));
    return write(tx, news.values())
        .chain(() -> book.commissions(tx, news.keySet()))
        .chain(
            booked ->
                book.lockAccounts(tx, earners)
                    .chain(
                        accounts -> {
                          CpsBookkeeping keeping = new CpsBookkeeping(booked, accounts);
                          news.values().forEach(told -> keeping.book(told.facts(), told.at()));
                          return save(tx, keeping.result());
                        }));
  }

  private Uni<Void> save(SqlTransaction tx, Bookkeeping.Result result) {
    return saveCommissions(tx, result.commissions())
        .chain(() -> book.append(tx, result.entries(), null))
        .chain(() -> book.saveAccounts(tx, result.accounts()));
  }

  /** Writing the rows locks them whether they were there or not; see {@link SqlBook}. */
  private static Uni<Map<UUID, CpsFacts>> lock(SqlTransaction tx, Collection<UUID> ids) {
    return tx.execute(
            "INSERT INTO cps_facts (cps_order_id, revision) VALUES "
                + "(?, 0), ".repeat(ids.size() - 1)
                + "(?, 0) ON DUPLICATE KEY UPDATE cps_order_id = VALUES(cps_order_id)",
            ids.toArray())
        .chain(() -> read(tx, ids));
  }

  /** What is known of the orders. */
  public static Uni<Map<UUID, CpsFacts>> read(SqlReader from, Collection<UUID> ids) {
    return from.select(
            "SELECT cps_order_id, fact FROM cps_facts WHERE revision > 0 AND cps_order_id IN ("
                + Marks.list(ids.size())
                + ")",
            ids.toArray())
        .map(CpsBook::facts);
  }

  private static Uni<Void> write(SqlTransaction tx, Collection<Told> news) {
    List<Object> params = new ArrayList<>(news.size() * 5);
    for (Told told : news) {
      params.add(told.facts().orderId());
      params.add(told.facts().revision());
      params.add(told.facts().orderNo());
      params.add(told.facts().title());
      params.add(told.raw());
    }
    return tx.execute(
            "INSERT INTO cps_facts (cps_order_id, revision, order_no, title, fact) VALUES "
                + Marks.rows(news.size(), 5)
                + " ON DUPLICATE KEY UPDATE revision = VALUES(revision),"
                + " order_no = VALUES(order_no), title = VALUES(title), fact = VALUES(fact)",
            params.toArray())
        .replaceWithVoid();
  }

  /** Unlike an own order's, base and share of an outside order change with its settlement. */
  private static Uni<Void> saveCommissions(SqlTransaction tx, List<Commission> commissions) {
    if (commissions.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Object> params = new ArrayList<>(commissions.size() * 14);
    for (Commission c : commissions) {
      params.addAll(
          List.of(
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
              c.createdAt()));
    }
    return tx.execute(
            "INSERT INTO commissions (id, order_line_id, level, source, order_id, distributor_id,"
                + " base_fen, earned_fen, reversed_fen, pending_fen, frozen_fen, released_fen,"
                + " paused, created_at) VALUES "
                + Marks.rows(commissions.size(), 14)
                + " ON DUPLICATE KEY UPDATE base_fen = VALUES(base_fen),"
                + " earned_fen = VALUES(earned_fen), reversed_fen = VALUES(reversed_fen),"
                + " pending_fen = VALUES(pending_fen), frozen_fen = VALUES(frozen_fen),"
                + " released_fen = VALUES(released_fen)",
            params.toArray())
        .replaceWithVoid();
  }

  /** Compares every booked commission of an outside order with what follows from its facts. */
  static Uni<Check> check(SqlReader tx) {
    Check check = new Check("ledger.cps-commissions-follow-from-facts");
    return rederive(tx, check, new UUID(0, 0)).replaceWith(check);
  }

  private static Uni<Void> rederive(SqlReader tx, Check check, UUID after) {
    return tx.select(
            "SELECT cps_order_id, fact FROM cps_facts WHERE revision > 0 AND cps_order_id > ?"
                + " ORDER BY cps_order_id LIMIT "
                + ORDERS_AT_A_TIME,
            after)
        .chain(
            rows -> {
              if (rows.isEmpty()) {
                return Uni.createFrom().voidItem();
              }
              List<UUID> ids = rows.stream().map(row -> row.uuid(0)).toList();
              Map<UUID, CpsFacts> known = facts(rows);
              return Reconciliation.booked(tx, ids)
                  .invoke(booked -> known.values().forEach(o -> compare(check, o, booked)))
                  .chain(() -> rederive(tx, check, ids.get(ids.size() - 1)));
            });
  }

  private static void compare(Check check, CpsFacts order, Map<UUID, List<Commission>> booked) {
    Map<Commission.Key, Commission> is = new HashMap<>();
    booked.getOrDefault(order.orderId(), List.of()).forEach(c -> is.put(c.key(), c));
    for (Commission should : CpsDerivation.of(order)) {
      Commission found = is.getOrDefault(should.key(), Commission.none(should));
      check.compare(
          order.orderId() + "/" + should.level(),
          figures(should),
          figures(found),
          should.earned().minus(should.reversed()).minor()
              - found.earned().minus(found.reversed()).minor(),
          "a commission against its outside order's facts");
    }
  }

  private static List<Object> figures(Commission c) {
    return List.of(
        c.beneficiary(), c.earned(), c.reversed(), c.pending(), c.frozen(), c.released());
  }

  private static Map<UUID, CpsFacts> facts(List<SqlRow> rows) {
    Map<UUID, CpsFacts> facts = new HashMap<>();
    for (SqlRow row : rows) {
      try {
        facts.put(row.uuid(0), CpsEvents.facts(CpsOrderChanged.parseFrom(row.bytes(1))));
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException("a stored outside order cannot be read", e);
      }
    }
    return facts;
  }
}
