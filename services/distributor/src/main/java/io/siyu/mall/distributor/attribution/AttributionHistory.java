package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.attribution.Attributor.Buyer;
import io.siyu.mall.distributor.attribution.Attributor.SeenTouch;
import io.siyu.mall.distributor.policy.AttributionPolicy;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.dated.Timeline;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there was to decide by when lines were attributed: the buyers' touches and bindings, the
 * sellers behind them and the policy, each since it was known. What a visitor opened is known to be
 * the member's since they signed in, and so is the binding that it opened, though that begins
 * earlier; until then the binding that it replaced was open. What an absorbed member had is the
 * survivor's since the merge. Which rule applied is not asked here.
 */
public final class AttributionHistory {

  /** Longer than placing an order takes, from its attribution on. */
  private static final Duration PLACING = Duration.ofMinutes(1);

  private static final String TOUCHES =
      "SELECT t.member_id, t.id, t.opened_at, COALESCE(t.merged_at, t.opened_at), s.channel,"
          + " s.target_type, s.target_id, s.distributor_id FROM touches t"
          + " JOIN shares s ON s.code = t.share_code AND s.target_type IN ('SHOP', 'PRODUCT')"
          + " JOIN distributors d ON d.id = s.distributor_id AND d.member_id <> t.member_id"
          + " WHERE t.opened_at >= ? AND t.opened_at <= ? AND t.member_id IN ";

  private static final String BINDINGS =
      "SELECT b.member_id, b.id, b.distributor_id, b.started_at, b.ended_at,"
          + " GREATEST(b.started_at, COALESCE(t.merged_at, b.started_at),"
          + " COALESCE(b.merged_at, b.started_at)) known FROM bindings b"
          + " LEFT JOIN touches t ON t.id = b.touch_id WHERE b.member_id IN (%s)"
          + " ORDER BY known, b.id";

  private static final String SEATS =
      "SELECT d.member_id, d.id FROM distributors d WHERE d.member_id IN ";

  private final Timeline<AttributionPolicy> policies;
  private final Map<UUID, List<KnownTouch>> touches;
  private final Map<UUID, List<KnownBinding>> bindings;
  private final Map<UUID, UUID> seats;
  private final SellerHistory sellers;

  private AttributionHistory(Found found, SellerHistory sellers) {
    this.policies = found.policies;
    this.touches = found.touches;
    this.bindings = found.bindings;
    this.seats = found.seats;
    this.sellers = sellers;
  }

  /** A line and when its order was placed. */
  public record Line(UUID memberId, RuleBook.Goods goods, Instant placedAt) {}

  private record KnownTouch(
      UUID id,
      Channel channel,
      boolean wholeShop,
      String productId,
      Instant openedAt,
      Instant since,
      UUID by) {

    SeenTouch by(Seller seller) {
      return new SeenTouch(id, channel, wholeShop, productId, openedAt, seller);
    }
  }

  private record KnownBinding(
      UUID id, UUID distributorId, Instant startedAt, Instant endedAt, Instant since) {}

  private record Found(
      Timeline<AttributionPolicy> policies,
      Map<UUID, List<KnownTouch>> touches,
      Map<UUID, List<KnownBinding>> bindings,
      Map<UUID, UUID> seats) {

    Set<UUID> distributors() {
      Set<UUID> all = new HashSet<>(seats.values());
      touches.values().forEach(list -> list.forEach(touch -> all.add(touch.by)));
      bindings.values().forEach(list -> list.forEach(one -> all.add(one.distributorId)));
      return all;
    }
  }

  /** The history of some lines. */
  public static Uni<AttributionHistory> read(SqlReader from, Collection<Line> lines) {
    Set<UUID> members = lines.stream().map(Line::memberId).collect(Collectors.toSet());
    return Policies.history(from)
        .chain(policies -> members.isEmpty() ? nothing(policies) : find(from, policies, lines))
        .chain(
            found ->
                SellerHistory.read(from, found.distributors())
                    .map(sellers -> new AttributionHistory(found, sellers)));
  }

  private static Uni<Found> nothing(Timeline<AttributionPolicy> policies) {
    return Uni.createFrom().item(new Found(policies, Map.of(), Map.of(), Map.of()));
  }

  private static Uni<Found> find(
      SqlReader from, Timeline<AttributionPolicy> policies, Collection<Line> lines) {
    List<UUID> members = lines.stream().map(Line::memberId).distinct().toList();
    String marks = Marks.list(members.size());
    Instant first = lines.stream().map(Line::placedAt).min(Comparator.naturalOrder()).orElseThrow();
    Instant last = lines.stream().map(Line::placedAt).max(Comparator.naturalOrder()).orElseThrow();
    Duration longest =
        policies.versions().stream()
            .map(AttributionPolicy::touchWindow)
            .max(Comparator.naturalOrder())
            .orElseThrow();
    List<Object> opened = new ArrayList<>(List.of(from(first).minus(longest), until(last)));
    opened.addAll(members);
    return from.select(TOUCHES + "(" + marks + ")", opened.toArray())
        .chain(
            touched ->
                from.select(BINDINGS.formatted(marks), members.toArray())
                    .chain(
                        bound ->
                            from.select(SEATS + "(" + marks + ")", members.toArray())
                                .map(held -> found(policies, touched, bound, held))));
  }

  private static Found found(
      Timeline<AttributionPolicy> policies,
      List<SqlRow> touched,
      List<SqlRow> bound,
      List<SqlRow> held) {
    return new Found(
        policies,
        touched.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.uuid(0),
                    Collectors.mapping(AttributionHistory::touch, Collectors.toList()))),
        bound.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.uuid(0),
                    Collectors.mapping(AttributionHistory::binding, Collectors.toList()))),
        held.stream()
            .collect(Collectors.toMap(row -> row.uuid(0), row -> row.uuid(1), (one, more) -> one)));
  }

  private static KnownTouch touch(SqlRow row) {
    boolean shop = "SHOP".equals(row.text(5));
    return new KnownTouch(
        row.uuid(1),
        Channel.valueOf(row.text(4)),
        shop,
        shop ? "" : row.text(6),
        row.instant(2),
        row.instant(3),
        row.uuid(7));
  }

  private static KnownBinding binding(SqlRow row) {
    return new KnownBinding(
        row.uuid(1), row.uuid(2), row.instant(3), row.instant(4), row.instant(5));
  }

  private static Instant from(Instant placedAt) {
    return placedAt.minus(PLACING);
  }

  private static Instant until(Instant placedAt) {
    return placedAt.plus(SellerHistory.AT_THE_SAME_TIME);
  }

  /**
   * What could be answered for a line while its order was placed: one answer, or several if
   * something changed then. None of them has a rule. Empty: it cannot be told, since there were
   * more touches than are looked at.
   */
  public Set<Attribution> around(Line line) {
    if (touches.getOrDefault(line.memberId(), List.of()).size() > AttributionQueries.MOST_TOUCHES) {
      return Set.of();
    }
    Instant from = from(line.placedAt());
    Instant until = until(line.placedAt());
    Set<Instant> moments = new TreeSet<>(Set.of(from));
    changes(line.memberId())
        .filter(change -> change.isAfter(from) && !change.isAfter(until))
        .forEach(moments::add);
    Set<Attribution> answers = new LinkedHashSet<>();
    moments.forEach(moment -> answers.add(decide(line, moment)));
    return answers;
  }

  private Stream<Instant> changes(UUID memberId) {
    List<Instant> changes = new ArrayList<>();
    policies.versions().forEach(policy -> changes.add(policy.effectiveFrom()));
    for (KnownTouch touch : touches.getOrDefault(memberId, List.of())) {
      changes.add(touch.since);
      policies.versions().forEach(policy -> changes.add(touch.openedAt.plus(policy.touchWindow())));
      changes.addAll(sellers.changes(touch.by));
    }
    for (KnownBinding binding : bindings.getOrDefault(memberId, List.of())) {
      changes.add(binding.since);
      if (binding.endedAt != null) {
        changes.add(binding.endedAt);
      }
      changes.addAll(sellers.changes(binding.distributorId));
    }
    if (seats.containsKey(memberId)) {
      changes.addAll(sellers.changes(seats.get(memberId)));
    }
    return changes.stream();
  }

  private Attribution decide(Line line, Instant at) {
    UUID own = seats.get(line.memberId());
    KnownBinding binding = open(bindings.getOrDefault(line.memberId(), List.of()), at);
    Buyer buyer =
        new Buyer(
            own == null ? null : sellers.at(own, at),
            binding == null ? null : binding.id,
            binding == null ? null : sellers.at(binding.distributorId, at),
            binding == null ? null : binding.startedAt);
    List<SeenTouch> seen =
        touches.getOrDefault(line.memberId(), List.of()).stream()
            .filter(touch -> !touch.since.isAfter(at))
            .map(touch -> touch.by(sellers.at(touch.by, at)))
            .toList();
    AttributionPolicy policy = policies.at(at).orElseThrow();
    return new Attributor(policy, buyer, seen, new RuleBook(List.of(), at), at)
        .decide(line.goods());
  }

  /** The open one as it was known then. */
  private static KnownBinding open(List<KnownBinding> inOrder, Instant at) {
    KnownBinding last = null;
    KnownBinding next = null;
    for (KnownBinding one : inOrder) {
      if (one.since.isAfter(at)) {
        next = one;
        break;
      }
      last = one;
    }
    if (last == null || last.endedAt == null || last.endedAt.isAfter(at)) {
      return last;
    }
    boolean replacedLater = next != null && next.startedAt.equals(last.endedAt);
    return replacedLater ? last : null;
  }
}
