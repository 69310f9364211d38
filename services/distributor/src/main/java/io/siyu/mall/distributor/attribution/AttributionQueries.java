package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.attribution.Attributor.Buyer;
import io.siyu.mall.distributor.attribution.Attributor.SeenTouch;
import io.siyu.mall.distributor.attribution.Attributor.Seller;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleQueries;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Answers who is credited with the lines of an order that is being placed. Three statements, side
 * by side, whatever the number of lines: the buyer with the policy, the touches, the rules.
 */
@ApplicationScoped
public class AttributionQueries {

  /** More openings than one visitor makes in the touch window. */
  private static final int MOST_TOUCHES = 200;

  private static final String BUYER =
      "SELECT "
          + Policies.COLUMNS
          + ", m.id, m.display_name, m.state, m.upline_id, mu.state,"
          + " b.id, b.started_at, d.id, d.display_name, d.state, d.upline_id, du.state"
          + " FROM attribution_policies p"
          + " LEFT JOIN distributors m ON m.living_member = ?"
          + " LEFT JOIN distributors mu ON mu.id = m.upline_id"
          + " LEFT JOIN bindings b ON b.open_member = ?"
          + " LEFT JOIN distributors d ON d.id = b.distributor_id"
          + " LEFT JOIN distributors du ON du.id = d.upline_id"
          + " ORDER BY p.version DESC LIMIT 1";

  private static final String TOUCH_COLUMNS =
      "SELECT t.id, s.channel, s.target_type, s.target_id, t.opened_at,"
          + " d.id, d.display_name, d.state, d.upline_id, du.state, d.member_id FROM touches t"
          + " JOIN shares s ON s.code = t.share_code"
          + " JOIN distributors d ON d.id = s.distributor_id"
          + " LEFT JOIN distributors du ON du.id = d.upline_id";

  private final SqlReader reader;
  private final RuleQueries rules;
  private final Clock clock;

  AttributionQueries(Pool pool, RuleQueries rules, Clock clock) {
    this.reader = SqlReader.of(pool);
    this.rules = rules;
    this.clock = clock;
  }

  /** A line under the key that the caller chose. */
  public record Line(String key, RuleBook.Goods goods) {}

  /** The answer for a line. */
  public record Answer(String key, Attribution attribution) {}

  /**
   * The frozen answers, in the order of the lines.
   *
   * @param touchId a touch that counts as the member's although nobody has signed in with it yet;
   *     null: none
   */
  public Uni<List<Answer>> attribute(UUID memberId, UUID touchId, List<Line> lines) {
    Instant now = clock.instant();
    return Uni.combine()
        .all()
        .unis(
            reader.select(BUYER, memberId, memberId),
            touches(memberId, touchId, lines, now),
            rules.book(lines.stream().map(Line::goods).toList(), now))
        .asTuple()
        .map(
            found -> {
              SqlRow buyer = found.getItem1().get(0);
              AttributionPolicy policy = Policies.read(buyer, 0);
              Attributor attributor =
                  new Attributor(policy, buyer(buyer), found.getItem2(), found.getItem3(), now);
              return lines.stream()
                  .map(line -> new Answer(line.key(), attributor.decide(line.goods())))
                  .toList();
            });
  }

  private Uni<List<SeenTouch>> touches(UUID memberId, UUID touchId, List<Line> lines, Instant now) {
    Set<String> products =
        lines.stream().map(line -> line.goods().productId()).collect(Collectors.toSet());
    String onTarget =
        " AND t.opened_at >= TIMESTAMPADD(HOUR, -(SELECT touch_hours FROM attribution_policies"
            + " ORDER BY version DESC LIMIT 1), ?) AND (s.target_type = 'SHOP' OR"
            + " s.target_type = 'PRODUCT' AND s.target_id IN ("
            + Marks.list(products.size())
            + "))";
    List<Object> params = new ArrayList<>(List.of(memberId, now));
    params.addAll(products);
    String sql =
        "("
            + TOUCH_COLUMNS
            + " WHERE t.member_id = ?"
            + onTarget
            + " ORDER BY t.opened_at DESC LIMIT "
            + MOST_TOUCHES
            + ")";
    if (touchId != null) {
      sql +=
          " UNION (" + TOUCH_COLUMNS + " WHERE t.id = ? AND t.member_id IS NULL" + onTarget + ")";
      params.addAll(List.of(touchId, now));
      params.addAll(products);
    }
    return reader
        .select(sql, params.toArray())
        .map(
            rows ->
                rows.stream()
                    // One's own share credits nobody.
                    .filter(row -> !memberId.equals(row.uuid(10)))
                    .map(AttributionQueries::touch)
                    .toList());
  }

  private static SeenTouch touch(SqlRow row) {
    boolean shop = "SHOP".equals(row.text(2));
    return new SeenTouch(
        row.uuid(0),
        Channel.valueOf(row.text(1)),
        shop,
        shop ? "" : row.text(3),
        row.instant(4),
        seller(row, 5));
  }

  private static Buyer buyer(SqlRow row) {
    return new Buyer(
        row.isNull(7) ? null : seller(row, 7),
        row.uuid(12),
        row.isNull(14) ? null : seller(row, 14),
        row.instant(13));
  }

  /** Id, name, state, upline, the upline's state from that position on. */
  private static Seller seller(SqlRow row, int at) {
    return new Seller(
        row.uuid(at),
        row.text(at + 1),
        "ACTIVE".equals(row.text(at + 2)),
        row.uuid(at + 3),
        "ACTIVE".equals(row.text(at + 4)));
  }
}
