package io.siyu.mall.membership.growth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A member's growth: append-only entries, their sum, and the level that follows from them. */
public final class GrowthAccount {

  private final UUID memberId;
  private final List<GrowthEntry> entries;

  /**
   * @param entries all of the member's, in any order
   */
  public GrowthAccount(UUID memberId, List<GrowthEntry> entries) {
    this.memberId = memberId;
    this.entries = new ArrayList<>(entries);
  }

  /**
   * Takes a fact in.
   *
   * @return the new entry, or empty when the fact is known already
   */
  public Optional<GrowthEntry> record(UUID entryId, GrowthFact fact) {
    OrderGrowth order = new OrderGrowth();
    for (GrowthEntry entry : entries) {
      GrowthFact known = entry.fact();
      if (known.source() == fact.source() && known.sourceId().equals(fact.sourceId())) {
        return Optional.empty();
      }
      if (known.orderId().equals(fact.orderId())) {
        order.apply(known);
      }
    }
    GrowthEntry entry = new GrowthEntry(entryId, fact, order.apply(fact));
    entries.add(entry);
    return Optional.of(entry);
  }

  public UUID memberId() {
    return memberId;
  }

  /** The growth value: the sum of all entries. */
  public long value() {
    return entries.stream().mapToLong(GrowthEntry::delta).sum();
  }

  /** The level held at that time, or at the newest fact if a clock elsewhere runs ahead. */
  public Standing standing(LevelTable table, Instant asOf) {
    return Standing.of(entries.stream().map(GrowthEntry::fact).toList(), table, asOf);
  }

  public List<GrowthEntry> entries() {
    return Collections.unmodifiableList(entries);
  }
}
