package io.siyu.mall.cps.attribution;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.time.BusinessTime;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What distributors had settled in a month, over all platforms: commissions after fees of the
 * orders that they are credited with and that were settled in it, less what was taken back of them
 * until it was measured. A month is measured once for everybody, when somebody first asks for it,
 * and stays: all orders of the next month are shared by the same step, whatever is heard later.
 */
@ApplicationScoped
public class Standings {

  private final Clock clock;

  Standings(Clock clock) {
    this.clock = clock;
  }

  /** The standings; nothing is left out. */
  public Uni<Map<Standing, Money>> of(SqlTransaction tx, Collection<Standing> wanted) {
    Map<Standing, Money> found = new HashMap<>();
    wanted.forEach(one -> found.put(one, Money.ZERO));
    Collection<YearMonth> months =
        wanted.stream().map(Standing::month).collect(Collectors.toCollection(TreeSet::new));
    return Multi.createFrom()
        .iterable(months)
        .onItem()
        .transformToUniAndConcatenate(
            month -> measure(tx, month).chain(() -> read(tx, month, wanted, found)))
        .collect()
        .last()
        .replaceWith(found);
  }

  private Uni<Void> measure(SqlTransaction tx, YearMonth month) {
    Instant now = clock.instant();
    // Whoever comes second waits here for the first one's figures.
    return tx.execute(
            "INSERT IGNORE INTO share_months (month, measured_at) VALUES (?, ?)",
            month.toString(),
            now)
        .chain(first -> first == 0 ? Uni.createFrom().voidItem() : sum(tx, month));
  }

  private static Uni<Void> sum(SqlTransaction tx, YearMonth month) {
    List<Object> params = new ArrayList<>();
    params.add(month.toString());
    params.addAll(Arrays.asList(Platform.values()));
    params.add(BusinessTime.start(month.atDay(1)));
    params.add(BusinessTime.start(month.plusMonths(1).atDay(1)));
    return tx.execute(
            "INSERT INTO share_standings (month, distributor_id, settled_fen)"
                + " SELECT ?, distributor_id,"
                + " CAST(SUM(settled_fen - LEAST(clawed_back_fen, settled_fen)) AS SIGNED)"
                + " FROM cps_orders WHERE platform IN ("
                + Marks.list(Platform.values().length)
                + ") AND settled_at >= ? AND settled_at < ? AND settled_fen IS NOT NULL"
                + " AND distributor_id IS NOT NULL GROUP BY distributor_id",
            params.toArray())
        .replaceWithVoid();
  }

  private static Uni<Void> read(
      SqlTransaction tx, YearMonth month, Collection<Standing> wanted, Map<Standing, Money> found) {
    List<UUID> ids =
        wanted.stream()
            .filter(one -> one.month().equals(month))
            .map(Standing::distributorId)
            .distinct()
            .toList();
    List<Object> params = new ArrayList<>();
    params.add(month.toString());
    params.addAll(ids);
    return tx.select(
            "SELECT distributor_id, settled_fen FROM share_standings WHERE month = ?"
                + " AND distributor_id IN ("
                + Marks.list(ids.size())
                + ")",
            params.toArray())
        .invoke(
            rows -> rows.forEach(row -> found.put(new Standing(row.uuid(0), month), row.fen(1))))
        .replaceWithVoid();
  }
}
