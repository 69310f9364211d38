package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.attribution.Attributor.Buyer;
import io.siyu.mall.distributor.attribution.Attributor.SeenTouch;
import io.siyu.mall.distributor.distributor.SeatNow;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleQueries;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.lane.Lane;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Answers who is credited with the lines of orders that are being placed. Three statements, side by
 * side, whatever the number of lines, shared by those who ask at the same moment: the buyers with
 * the policy, the touches, the rules.
 */
@ApplicationScoped
public class AttributionQueries {

  private static final int LARGEST_GROUP = 32;

  /** More openings than one visitor makes in the touch window. */
  static final int MOST_TOUCHES = 200;

  private static final String BUYERS =
      "SELECT "
          + Policies.COLUMNS
          + ", "
          + Seller.columns("m", "mu")
          + ", b.id, b.started_at, "
          + Seller.columns("d", "du")
          + ", q.ask"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (ask INT PATH '$[0]', member CHAR(32) PATH '$[1]'))"
          + " q STRAIGHT_JOIN "
          + Policies.IN_FORCE
          + " LEFT JOIN distributors m FORCE INDEX (distributors_living)"
          + " ON m.living_member = UNHEX(q.member)"
          + " LEFT JOIN distributors mu ON mu.id = m.upline_id"
          + " LEFT JOIN bindings b FORCE INDEX (bindings_one_open)"
          + " ON b.open_member = UNHEX(q.member)"
          + SeatNow.join("LEFT JOIN", "b.distributor_id", "d")
          + " LEFT JOIN distributors du ON du.id = d.upline_id";

  private static final String TOUCHES =
      "SELECT o.id, o.channel, o.target_type, o.target_id, o.opened_at, "
          + Seller.columns("d", "du")
          + ", d.member_id, o.ask"
          + " FROM (SELECT x.*, ROW_NUMBER() OVER (PARTITION BY ask ORDER BY opened_at DESC) nth"
          + " FROM (SELECT q.ask, t.id, t.opened_at, s.channel, s.target_type, s.target_id,"
          + " s.distributor_id"
          + " FROM JSON_TABLE(?, '$[*]' COLUMNS (ask INT PATH '$[0]', id CHAR(32) PATH '$[1]')) q"
          + " STRAIGHT_JOIN touches t FORCE INDEX (touches_by_member)"
          + " ON t.member_id = UNHEX(q.id) AND t.opened_at >= TIMESTAMPADD(HOUR,"
          + " -(SELECT p.touch_hours FROM "
          + Policies.IN_FORCE
          + "), ?)"
          + " STRAIGHT_JOIN shares s FORCE INDEX (PRIMARY) ON s.code = t.share_code"
          + " AND (s.target_type = 'SHOP' OR s.target_type = 'PRODUCT' AND s.target_id IN (%s))"
          + ") x) o"
          + SeatNow.join("STRAIGHT_JOIN", "o.distributor_id", "d")
          + " LEFT JOIN distributors du ON du.id = d.upline_id WHERE o.nth <= "
          + MOST_TOUCHES;

  private final SqlReader reader;
  private final RuleQueries rules;
  private final Clock clock;
  private final Lane<Ask, List<Answer>> lane;

  AttributionQueries(Pool pool, RuleQueries rules, Clock clock, Vertx vertx) {
    this.reader = SqlReader.of(pool);
    this.rules = rules;
    this.clock = clock;
    this.lane = new Lane<>(vertx, LARGEST_GROUP, this::decide);
  }

  /** A line under the key that the caller chose. */
  public record Line(String key, RuleBook.Goods goods) {}

  /** The answer for a line. */
  public record Answer(String key, Attribution attribution) {}

  /** What somebody wants to know. */
  private record Ask(UUID memberId, List<Line> lines) {}

  /**
   * The frozen answers, in the order of the lines. Of openings those count that the member made, or
   * that became theirs when they signed in; to name another one proves nothing.
   */
  public Uni<List<Answer>> attribute(UUID memberId, List<Line> lines) {
    return lane.add(new Ask(memberId, lines));
  }

  private Uni<List<List<Answer>>> decide(List<Ask> asks) {
    Instant now = clock.instant();
    List<RuleBook.Goods> goods =
        asks.stream().flatMap(ask -> ask.lines.stream()).map(Line::goods).distinct().toList();
    return Uni.combine()
        .all()
        .unis(
            reader.select(BUYERS, numbered(asks), now),
            touches(asks, goods, now),
            rules.book(goods, now))
        .asTuple()
        .map(found -> answers(asks, found.getItem1(), found.getItem2(), found.getItem3(), now));
  }

  private static List<List<Answer>> answers(
      List<Ask> asks, List<SqlRow> buyers, List<SqlRow> touches, RuleBook rules, Instant now) {
    Map<Long, List<SqlRow>> touchesOf =
        touches.stream().collect(Collectors.groupingBy(row -> row.number(11)));
    Map<Long, SqlRow> buyerOf =
        buyers.stream().collect(Collectors.toMap(row -> row.number(19), row -> row));
    List<List<Answer>> answers = new ArrayList<>();
    for (long i = 0; i < asks.size(); i++) {
      Ask ask = asks.get((int) i);
      List<SeenTouch> seen =
          touchesOf.getOrDefault(i, List.of()).stream()
              // One's own share credits nobody.
              .filter(row -> !ask.memberId.equals(row.uuid(10)))
              .map(AttributionQueries::touch)
              .toList();
      SqlRow buyer = buyerOf.get(i);
      Attributor attributor =
          new Attributor(Policies.read(buyer, 0), buyer(buyer), seen, rules, now);
      answers.add(
          ask.lines.stream()
              .map(line -> new Answer(line.key(), attributor.decide(line.goods())))
              .toList());
    }
    return answers;
  }

  private Uni<List<SqlRow>> touches(List<Ask> asks, List<RuleBook.Goods> goods, Instant now) {
    List<Object> products =
        Marks.padded(goods.stream().map(RuleBook.Goods::productId).distinct().toList());
    String marks = Marks.list(products.size());
    List<Object> params = new ArrayList<>(List.of(numbered(asks), now, now));
    params.addAll(products);
    return reader.select(TOUCHES.formatted(marks), params.toArray());
  }

  /** Pairs of an ask's number and its member. */
  private static String numbered(List<Ask> asks) {
    JsonArray pairs = new JsonArray();
    for (int i = 0; i < asks.size(); i++) {
      pairs.add(new JsonArray().add(i).add(Ids.hex(asks.get(i).memberId)));
    }
    return pairs.encode();
  }

  private static SeenTouch touch(SqlRow row) {
    boolean shop = "SHOP".equals(row.text(2));
    return new SeenTouch(
        row.uuid(0),
        Channel.valueOf(row.text(1)),
        shop,
        shop ? "" : row.text(3),
        row.instant(4),
        Seller.read(row, 5));
  }

  private static Buyer buyer(SqlRow row) {
    return new Buyer(
        row.isNull(7) ? null : Seller.read(row, 7),
        row.uuid(12),
        row.isNull(14) ? null : Seller.read(row, 14),
        row.instant(13));
  }
}
