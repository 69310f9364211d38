package io.siyu.mall.membership.growth;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The level that a member holds. It rises at once and falls only at the end of its period, so it
 * depends on the order in which things happened; that order is business time, never arrival. The
 * same facts therefore give the same standing however often and in whatever order they were told.
 *
 * @param validUntil when the level is looked at again; null at level 0
 */
public record Standing(int level, Instant validUntil) {

  /** Where everybody begins. */
  public static final Standing NEW = new Standing(0, null);

  /** What the facts amount to at the given time, under one version of the levels. */
  static Standing of(Collection<GrowthFact> facts, LevelTable table, Instant asOf) {
    Replay replay = new Replay(table);
    List<GrowthFact> inTime = facts.stream().sorted(GrowthFact.IN_TIME).toList();
    for (GrowthFact fact : inTime) {
      replay.passTo(fact.at());
      replay.apply(fact);
    }
    replay.passTo(asOf);
    return new Standing(replay.level, replay.validUntil);
  }

  /** Whether the period is over and the level waits to be looked at. */
  public boolean isDue(Instant now) {
    return validUntil != null && !validUntil.isAfter(now);
  }

  private static final class Replay {
    private final LevelTable table;
    private final Map<UUID, OrderGrowth> orders = new HashMap<>();
    private long value;
    private int level;
    private Instant validUntil;

    Replay(LevelTable table) {
      this.table = table;
    }

    void passTo(Instant time) {
      while (validUntil != null && !validUntil.isAfter(time)) {
        level = table.at(value).number();
        validUntil = level == 0 ? null : table.endOf(validUntil);
      }
    }

    void apply(GrowthFact fact) {
      OrderGrowth order = orders.computeIfAbsent(fact.orderId(), id -> new OrderGrowth());
      value += order.apply(fact);
      int reached = table.at(value).number();
      if (reached > level) {
        level = reached;
        validUntil = table.endOf(fact.at());
      }
    }
  }
}
