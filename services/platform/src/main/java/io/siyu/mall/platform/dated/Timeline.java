package io.siyu.mall.platform.dated;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The versions of one dated thing, and what is in force when: of those that have begun the newest
 * decides, also that nothing is in force because it is over; older ones never come back. Since
 * versions are only added, and begin when they are added or later, the answer for a moment that has
 * passed never changes. Pure.
 */
public final class Timeline<V extends Dated> {

  public static final String REPLACES_SCHEDULED = "REPLACES_SCHEDULED";
  public static final String ENDS_EARLIER = "ENDS_EARLIER";

  private final List<V> newestFirst;

  public Timeline(Collection<? extends V> versions) {
    this.newestFirst =
        versions.stream()
            .<V>map(version -> version)
            .sorted(Comparator.comparingLong(Dated::version).reversed())
            .toList();
  }

  /** The version that was added last, in force or not. */
  public V newest() {
    return newestFirst.get(0);
  }

  /** All of them, the newest first. */
  public List<V> versions() {
    return newestFirst;
  }

  /** What is in force at the time. */
  public Optional<V> at(Instant time) {
    return newestFirst.stream()
        .filter(version -> !version.effectiveFrom().isAfter(time))
        .findFirst()
        .filter(begun -> begun.effectiveUntil() == null || time.isBefore(begun.effectiveUntil()));
  }

  /** Those that have not begun and will, as things stand; in the order of their beginning. */
  public List<V> scheduled(Instant now) {
    return newestFirst.stream()
        .filter(version -> version.effectiveFrom().isAfter(now))
        .filter(version -> at(version.effectiveFrom()).filter(v -> v == version).isPresent())
        .sorted(Comparator.comparing(Dated::effectiveFrom))
        .toList();
  }

  /** The scheduled ones that never come into force if another one is added that begins then. */
  public List<V> replacedFrom(Instant from, Instant now) {
    return scheduled(now).stream()
        .filter(version -> !version.effectiveFrom().isBefore(from))
        .toList();
  }

  /**
   * What a new version replaces, provided that whoever adds it has named just that.
   *
   * @param named numbers of versions
   * @throws DomainException {@value #REPLACES_SCHEDULED} with the versions and their beginnings
   */
  public List<V> replacedByConsent(Instant from, Instant now, Collection<Long> named) {
    List<V> replaced = replacedFrom(from, now);
    if (!Set.copyOf(named).equals(Set.copyOf(numbers(replaced)))) {
      throw DomainException.precondition(
              REPLACES_SCHEDULED,
              replaced.isEmpty()
                  ? "no version that has not begun is replaced: replaces_versions must be empty"
                  : "versions that have not begun would never be in force:"
                      + " name them in replaces_versions, or begin before or after them")
          .with("replaces_versions", joined(replaced.stream().map(Dated::version)))
          .with("effective_from", joined(replaced.stream().map(Dated::effectiveFrom)));
    }
    return replaced;
  }

  /** From when on nothing is in force any more; null: never, as things stand. */
  public Instant over() {
    List<Instant> changes =
        new TreeSet<>(
                newestFirst.stream()
                    .flatMap(v -> Stream.of(v.effectiveFrom(), orFrom(v)))
                    .collect(Collectors.toSet()))
            .stream().toList();
    for (int i = changes.size() - 1; i >= 0; i--) {
      if (at(changes.get(i)).isPresent()) {
        return i + 1 < changes.size() ? changes.get(i + 1) : null;
      }
    }
    return Instant.MIN;
  }

  /**
   * Checks that an end shortens.
   *
   * @throws DomainException {@value #ENDS_EARLIER} when nothing is in force from then on anyway
   */
  public void requireRunning(Instant end) {
    Instant over = over();
    if (over != null && !over.isAfter(end)) {
      throw DomainException.precondition(
              ENDS_EARLIER, "it is over by then; an end can only be brought forward")
          .with("effective_until", over);
    }
  }

  /** The numbers of versions. */
  public static List<Long> numbers(Collection<? extends Dated> versions) {
    return versions.stream().map(Dated::version).toList();
  }

  private static Instant orFrom(Dated version) {
    return Objects.requireNonNullElse(version.effectiveUntil(), version.effectiveFrom());
  }

  private static String joined(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining(","));
  }
}
