package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What seats members had when, and what states and uplines these had, by the record of their
 * changes: who was to be credited at a moment that has passed.
 */
public final class SellerHistory {

  /** Of two things that happen in so short a time each may have seen the other or not. */
  public static final Duration AT_THE_SAME_TIME = Duration.ofSeconds(10);

  private static final String STATE = "STATE";

  /** States of a seat that somebody has; at most one of a member's at a time. */
  private static final Set<String> HELD = Set.of(Seller.ACTIVE, "SUSPENDED");

  private final Map<UUID, List<Change>> states;
  private final Map<UUID, List<Change>> uplines;
  private final Map<UUID, Set<UUID>> seats;

  private SellerHistory(Collection<Row> rows, Map<UUID, Set<UUID>> seats) {
    this.seats = seats;
    this.states = byDistributor(rows, true);
    this.uplines = byDistributor(rows, false);
  }

  private record Row(UUID distributorId, boolean state, Change change) {}

  /** The value from a moment on. */
  private record Change(Instant at, String value) {}

  /** The history of some distributors' members and of everybody who ever was their upline. */
  public static Uni<SellerHistory> read(SqlReader from, Collection<UUID> ids) {
    return seats(from, ids)
        .chain(
            seats -> {
              Set<UUID> all =
                  seats.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
              return rows(from, all)
                  .chain(
                      own ->
                          rows(from, above(own, all))
                              .map(theirs -> new SellerHistory(joined(own, theirs), seats)));
            });
  }

  /** All the seats that the member of each distributor ever had. */
  private static Uni<Map<UUID, Set<UUID>>> seats(SqlReader from, Collection<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : from.select(
                "SELECT d.id, o.id FROM distributors d"
                    + " JOIN distributors o ON o.member_id = d.member_id WHERE d.id IN ("
                    + Marks.list(new HashSet<>(ids).size())
                    + ")",
                new TreeSet<>(ids).toArray())
            .map(
                rows ->
                    rows.stream()
                        .collect(
                            Collectors.groupingBy(
                                row -> row.uuid(0),
                                Collectors.mapping(row -> row.uuid(1), Collectors.toSet()))));
  }

  private static Set<UUID> above(List<Row> own, Set<UUID> known) {
    Set<UUID> above =
        own.stream()
            .filter(row -> !row.state() && !row.change().value().isEmpty())
            .map(row -> Ids.parse("upline_id", row.change().value()))
            .collect(Collectors.toCollection(HashSet::new));
    above.removeAll(known);
    return above;
  }

  private static List<Row> joined(List<Row> own, List<Row> theirs) {
    List<Row> all = new ArrayList<>(own);
    all.addAll(theirs);
    return all;
  }

  private static Uni<List<Row>> rows(SqlReader from, Set<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(List.of())
        : from.select(
                "SELECT distributor_id, what, new_value, changed_at FROM distributor_changes"
                    + " WHERE what IN ('STATE', 'UPLINE') AND distributor_id IN ("
                    + Marks.list(ids.size())
                    + ") ORDER BY distributor_id, id",
                new TreeSet<>(ids).toArray())
            .map(rows -> rows.stream().map(SellerHistory::row).toList());
  }

  private static Row row(SqlRow row) {
    return new Row(row.uuid(0), STATE.equals(row.text(1)), new Change(row.instant(3), row.text(2)));
  }

  private static Map<UUID, List<Change>> byDistributor(Collection<Row> rows, boolean state) {
    return rows.stream()
        .filter(row -> row.state() == state)
        .collect(
            Collectors.groupingBy(
                Row::distributorId,
                HashMap::new,
                Collectors.mapping(Row::change, Collectors.toList())));
  }

  /**
   * What could be answered around a moment: one seller, or several if something changed then. Each
   * is the seat that the member had, as {@code SeatNow} has it for the present. The names are not
   * known any more.
   */
  public Set<Seller> around(UUID id, Instant at) {
    Instant from = at.minus(AT_THE_SAME_TIME);
    Instant until = at.plus(AT_THE_SAME_TIME);
    Set<Instant> moments = new TreeSet<>(Set.of(from));
    changes(id).stream()
        .filter(change -> change.isAfter(from) && !change.isAfter(until))
        .forEach(moments::add);
    Set<Seller> answers = new LinkedHashSet<>();
    moments.forEach(moment -> answers.add(at(id, moment)));
    return answers;
  }

  /** Who counted for the distributor at a moment; the name is not known any more. */
  Seller at(UUID id, Instant moment) {
    return seller(seat(id, seats.getOrDefault(id, Set.of(id)), moment), moment);
  }

  /** When anything changed that says who counted for the distributor. */
  Set<Instant> changes(UUID id) {
    return seats.getOrDefault(id, Set.of(id)).stream()
        .flatMap(seat -> concerned(seat).stream())
        .map(Change::at)
        .collect(Collectors.toSet());
  }

  /** The one that was held then; the one that is named, where there was none. */
  private UUID seat(UUID named, Set<UUID> all, Instant at) {
    return all.stream()
        .filter(seat -> HELD.contains(value(changes(states, seat), at)))
        .findFirst()
        .orElse(named);
  }

  private List<Change> concerned(UUID id) {
    List<Change> all = new ArrayList<>(changes(states, id));
    for (Change upline : changes(uplines, id)) {
      all.add(upline);
      if (!upline.value().isEmpty()) {
        all.addAll(changes(states, Ids.parse("upline_id", upline.value())));
      }
    }
    return all;
  }

  private Seller seller(UUID id, Instant at) {
    String upline = value(changes(uplines, id), at);
    UUID uplineId = upline.isEmpty() ? null : Ids.parse("upline_id", upline);
    return new Seller(
        id, "", isActive(id, at), uplineId, uplineId != null && isActive(uplineId, at));
  }

  private boolean isActive(UUID id, Instant at) {
    return Seller.ACTIVE.equals(value(changes(states, id), at));
  }

  private static String value(List<Change> changes, Instant at) {
    String value = "";
    for (Change change : changes) {
      if (!change.at().isAfter(at)) {
        value = change.value();
      }
    }
    return value;
  }

  private static List<Change> changes(Map<UUID, List<Change>> of, UUID id) {
    return of.getOrDefault(id, List.of());
  }
}
