package io.siyu.mall.distributor.ledger;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.AttributionHistory;
import io.siyu.mall.distributor.attribution.Seller;
import io.siyu.mall.distributor.attribution.SellerHistory;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleHistory;
import io.siyu.mall.distributor.rule.RuleVersion;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds again who had to be credited with what was sold, and by which rule: from the record of
 * sellers and rules as of the moment that it was decided, and not from the answer that was kept.
 */
final class CreditChecks {

  /** Sellers whose record does not say what they are now. */
  static final String RECORDS =
      "SELECT d.id, d.state, d.upline_id,"
          + last("STATE")
          + ","
          + last("UPLINE")
          + " FROM distributors d WHERE d.id > ? ORDER BY d.id LIMIT 500";

  private static final String NOBODY = "nobody";

  private final Check records = new Check("credit.records-tell-state-and-upline");
  private final Check sellers = new Check("credit.sellers-as-of-the-order");
  private final Check rules = new Check("credit.rules-as-of-the-order");
  private final Check outside = new Check("credit.sellers-as-of-the-outside-order");

  private record Line(OrderFacts order, LineFacts line) {

    Attribution credit() {
      return line.sale().attribution();
    }

    String key() {
      return order.orderId() + "/" + line.lineId();
    }

    RuleBook.Goods goods() {
      return new RuleBook.Goods(
          line.sale().skuId(),
          line.sale().productId(),
          credit().asked().launchId(),
          credit().asked().categoryIds(),
          Objects.toString(order.header().brandId(), ""),
          order.header().brandCode());
    }

    /** As far as it says who is credited. */
    AttributionHistory.Line placed() {
      return new AttributionHistory.Line(
          order.header().memberId(),
          new RuleBook.Goods(line.sale().skuId(), line.sale().productId(), "", List.of(), "", ""),
          order.header().placedAt());
    }

    long earned() {
      if (credit().terms() == null) {
        return 0;
      }
      var earned =
          credit()
              .terms()
              .earnings(line.sale().base(), line.sale().quantity(), credit().uplineId() != null);
      return earned.direct().plus(earned.upline()).minor();
    }
  }

  /** All checks, once everything was compared. */
  List<Check> checks() {
    return List.of(records, sellers, rules, outside);
  }

  /** Compares what sellers are with the record of it. */
  Uni<Void> compareRecords(SqlReader tx) {
    return TablePages.each(
        tx,
        RECORDS,
        rows -> Uni.createFrom().voidItem().invoke(() -> rows.forEach(row -> compareRecord(row))));
  }

  private void compareRecord(SqlRow row) {
    records.compare(
        row.uuid(0).toString(),
        row.text(1) + " " + Objects.toString(row.uuid(2), ""),
        row.text(3) + " " + row.text(4),
        0,
        "a distributor's state and upline against the last recorded change");
  }

  /** Compares the credit of own orders. */
  Uni<Void> compare(SqlReader tx, Collection<OrderFacts> orders) {
    List<Line> lines = lines(orders, line -> line.sale().attribution().asked() != null);
    List<Line> nobodys =
        lines(orders, line -> line.sale().attribution().distributorId() == null).stream()
            .filter(line -> line.order().header().placedAt() != null)
            .toList();
    return AttributionHistory.read(tx, nobodys.stream().map(Line::placed).toList())
        .invoke(history -> nobodys.forEach(line -> compareNobody(history, line)))
        .chain(() -> SellerHistory.read(tx, ids(lines)))
        .invoke(history -> lines.forEach(line -> compareSeller(history, line)))
        .chain(() -> RuleHistory.read(tx, lines.stream().map(Line::goods).toList()))
        .invoke(history -> lines.forEach(line -> compareRule(history, line)))
        .replaceWithVoid();
  }

  private static List<Line> lines(Collection<OrderFacts> orders, Predicate<LineFacts> which) {
    List<Line> lines = new ArrayList<>();
    for (OrderFacts order : orders) {
      if (order.header() != null) {
        order.lines().values().stream()
            .filter(line -> line.sale() != null && which.test(line))
            .forEach(line -> lines.add(new Line(order, line)));
      }
    }
    return lines;
  }

  private static Set<UUID> ids(List<Line> lines) {
    return lines.stream().map(line -> line.credit().distributorId()).collect(Collectors.toSet());
  }

  /** That nobody is credited has no moment and no rule: the order's own moment must do. */
  private void compareNobody(AttributionHistory history, Line line) {
    Set<String> could = new TreeSet<>();
    history.around(line.placed()).forEach(answer -> could.add(answer(answer)));
    if (!could.isEmpty()) {
      sellers.compare(
          line.key(),
          could.contains(NOBODY) ? NOBODY : String.join(" or ", could),
          NOBODY,
          0,
          "who is credited against touches, binding and policy as the order was placed, "
              + line.order().header().placedAt());
    }
  }

  private void compareSeller(SellerHistory history, Line line) {
    compareSeller(
        sellers,
        line.key(),
        history.around(line.credit().distributorId(), line.credit().asked().at()),
        line.credit().distributorId(),
        line.credit().uplineId(),
        line.earned(),
        line.credit().asked().at());
  }

  private void compareRule(RuleHistory history, Line line) {
    Attribution credit = line.credit();
    Set<Optional<RuleVersion>> could =
        history.around(line.goods(), credit.asked().at(), SellerHistory.AT_THE_SAME_TIME);
    String is = rule(credit.ruleId(), credit.ruleVersion(), credit.terms());
    List<String> should =
        could.stream()
            .map(
                found ->
                    found
                        .map(rule -> rule(rule.ruleId(), rule.version(), rule.terms()))
                        .orElse(rule(null, 0, null)))
            .toList();
    rules.compare(
        line.key(),
        should.contains(is) ? is : String.join(" or ", should),
        is,
        line.earned(),
        "the rule of a line against those in force at " + credit.asked().at());
  }

  /** Compares the credit of outside orders. */
  Uni<Void> compareOutside(SqlReader tx, Collection<CpsFacts> orders) {
    List<CpsFacts> dated = orders.stream().filter(order -> order.decidedAt() != null).toList();
    return SellerHistory.read(
            tx, dated.stream().map(o -> o.credit().distributorId()).collect(Collectors.toSet()))
        .invoke(
            history ->
                dated.forEach(
                    order ->
                        compareSeller(
                            outside,
                            order.orderId().toString(),
                            history.around(order.credit().distributorId(), order.decidedAt()),
                            order.credit().distributorId(),
                            order.credit().uplineId(),
                            earned(order),
                            order.decidedAt())))
        .replaceWithVoid();
  }

  private static long earned(CpsFacts order) {
    return CpsDerivation.of(order).stream().mapToLong(c -> c.earned().minor()).sum();
  }

  private static void compareSeller(
      Check check, String key, Set<Seller> could, UUID seat, UUID uplineId, long fen, Instant at) {
    String is = credited(seat, uplineId);
    List<String> should = could.stream().map(CreditChecks::answer).distinct().toList();
    check.compare(
        key,
        should.contains(is) ? is : String.join(" or ", should),
        is,
        fen,
        "the seller's seat, state and upline at " + at);
  }

  private static String answer(Attribution answer) {
    return answer.distributorId() == null
        ? NOBODY
        : credited(answer.distributorId(), answer.uplineId());
  }

  private static String answer(Seller seller) {
    return seller.active() ? credited(seller.id(), seller.creditedUpline()) : NOBODY;
  }

  private static String credited(UUID seat, UUID uplineId) {
    return "credited " + seat + ", upline " + Objects.toString(uplineId, "none");
  }

  private static String rule(UUID id, long version, Object terms) {
    return id == null ? "no rule" : id + " version " + version + " " + terms;
  }

  private static String last(String what) {
    return " COALESCE((SELECT c.new_value FROM distributor_changes c WHERE c.distributor_id = d.id"
        + " AND c.what = '"
        + what
        + "' ORDER BY c.id DESC LIMIT 1), '')";
  }
}
