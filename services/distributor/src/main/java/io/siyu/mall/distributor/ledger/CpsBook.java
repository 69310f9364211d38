package io.siyu.mall.distributor.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Books outside orders into the one ledger, a delivery at a time: facts that are known are locked
 * and compared by revision, and everything is written by statements of many rows.
 */
@ApplicationScoped
public class CpsBook {

  public static final String CONFLICT = "CPS_FACTS_CONFLICT";

  private static final String TOLD =
      "SELECT cps_order_id, fact FROM cps_facts WHERE revision > 0 AND cps_order_id > ?"
          + " ORDER BY cps_order_id LIMIT 500";
  private static final String[] FACTS = {"cps_order_id", "revision", "order_no", "title", "fact"};

  private final SqlBook book;

  CpsBook(SqlBook book) {
    this.book = book;
  }

  /** One telling: what it says, as it came, and when. */
  public record Telling(CpsFacts facts, byte[] raw, Instant at) {}

  /** Books what is newer than what is known; the rest changes nothing. */
  public Uni<Void> book(SqlTransaction tx, List<Telling> tellings) {
    Map<UUID, Telling> newest = new TreeMap<>();
    tellings.forEach(
        told ->
            newest.merge(
                told.facts().orderId(),
                told,
                (a, b) -> a.facts().revision() >= b.facts().revision() ? a : b));
    return stored(tx, newest.keySet())
        .chain(
            stored ->
                lock(tx, stored)
                    .chain(
                        known -> {
                          newest
                              .values()
                              .removeIf(told -> !isNews(known.get(told.facts().orderId()), told));
                          return newest.isEmpty()
                              ? Uni.createFrom().voidItem()
                              : post(tx, newest, stored);
                        }));
  }

  private static boolean isNews(CpsFacts known, Telling told) {
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

  private Uni<Void> post(SqlTransaction tx, Map<UUID, Telling> news, Set<UUID> stored) {
    Set<UUID> earners = new TreeSet<>();
    news.values().stream()
        .flatMap(told -> CpsDerivation.of(told.facts()).stream())
        .forEach(commission -> earners.add(commission.beneficiary()));
    return write(tx, news.values(), stored)
        .chain(() -> booked(tx, news.keySet(), stored))
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

  /** Nothing was booked for an order that is new. */
  private Uni<Map<Commission.Key, Commission>> booked(
      SqlTransaction tx, Collection<UUID> orders, Set<UUID> stored) {
    List<UUID> old = orders.stream().filter(stored::contains).toList();
    return old.isEmpty() ? Uni.createFrom().item(Map.of()) : book.commissions(tx, old);
  }

  /** Those of the orders that were told before; most are not, and need no lock. */
  private static Uni<Set<UUID>> stored(SqlReader from, Collection<UUID> ids) {
    return from.select(
            "SELECT cps_order_id FROM cps_facts WHERE cps_order_id IN ("
                + Marks.list(ids.size())
                + ")",
            ids.toArray())
        .map(rows -> rows.stream().map(row -> row.uuid(0)).collect(Collectors.toSet()));
  }

  /** Only rows that are there: a locking read of missing ones would lock the gaps instead. */
  private static Uni<Map<UUID, CpsFacts>> lock(SqlTransaction tx, Set<UUID> stored) {
    return stored.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : tx.select(
                "SELECT cps_order_id, fact FROM cps_facts WHERE revision > 0"
                    + " AND cps_order_id IN ("
                    + Marks.list(stored.size())
                    + ") ORDER BY cps_order_id FOR UPDATE",
                new TreeSet<>(stored).toArray())
            .map(CpsBook::facts);
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

  /**
   * What is new must not be there: when somebody else was faster, this fails as a duplicate, and
   * finds theirs when it is told again.
   */
  private static Uni<Void> write(SqlTransaction tx, Collection<Telling> news, Set<UUID> stored) {
    SqlValues fresh = SqlValues.into("cps_facts", FACTS);
    SqlValues known =
        SqlValues.into("cps_facts", FACTS)
            .orUpdate(
                "revision = VALUES(revision), order_no = VALUES(order_no),"
                    + " title = VALUES(title), fact = VALUES(fact)");
    for (Telling told : news) {
      (stored.contains(told.facts().orderId()) ? known : fresh)
          .row(
              told.facts().orderId(),
              told.facts().revision(),
              told.facts().orderNo(),
              told.facts().title(),
              told.raw());
    }
    return tx.insert(fresh).chain(() -> tx.insert(known)).replaceWithVoid();
  }

  /** Unlike an own order's, base and share of an outside order change with its settlement. */
  private static Uni<Void> saveCommissions(SqlTransaction tx, List<Commission> commissions) {
    return tx.insert(
            SqlBook.rows(commissions)
                .orUpdate(
                    "base_fen = VALUES(base_fen), earned_fen = VALUES(earned_fen),"
                        + " reversed_fen = VALUES(reversed_fen), pending_fen = VALUES(pending_fen),"
                        + " frozen_fen = VALUES(frozen_fen),"
                        + " released_fen = VALUES(released_fen)"))
        .replaceWithVoid();
  }

  /** Compares every booked commission of an outside order with what follows from its facts. */
  static Uni<Check> check(SqlReader tx, CreditChecks credit) {
    Check check = new Check("ledger.cps-commissions-follow-from-facts");
    return TablePages.each(
            tx,
            TOLD,
            rows -> {
              Map<UUID, CpsFacts> known = facts(rows);
              return Reconciliation.booked(tx, List.copyOf(known.keySet()))
                  .invoke(booked -> known.values().forEach(o -> compare(check, o, booked)))
                  .chain(() -> credit.compareOutside(tx, known.values()));
            })
        .replaceWith(check);
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
