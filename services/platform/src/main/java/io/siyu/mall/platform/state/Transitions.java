package io.siyu.mall.platform.state;

import io.siyu.mall.platform.error.DomainException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The one transition table of a state enum, immutable. The enum holds it in a static field, and the
 * aggregate's only assignment of the state goes through {@link #check}.
 *
 * <pre>{@code
 * enum PaymentState {
 *   CREATED, PREPAID, SUCCEEDED, CLOSED;
 *
 *   static final Transitions<PaymentState> TABLE =
 *       Transitions.of(PaymentState.class)
 *           .from(CREATED).to(PREPAID, CLOSED)
 *           .from(PREPAID).to(SUCCEEDED, CLOSED)
 *           .build();
 * }
 * }</pre>
 */
public final class Transitions<S extends Enum<S>> {

  /** The reason of a refused transition. */
  public static final String ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION";

  private final Class<S> type;
  private final Map<S, Set<S>> table;

  private Transitions(Class<S> type, Map<S, Set<S>> table) {
    this.type = type;
    this.table = table;
  }

  /** Starts the table of a state enum. */
  public static <S extends Enum<S>> Builder<S> of(Class<S> type) {
    return new Builder<>(type);
  }

  /** Whether the table has the transition; staying is a transition like any other. */
  public boolean allows(S from, S to) {
    return table.get(from).contains(to);
  }

  /**
   * @throws DomainException FAILED_PRECONDITION {@value #ILLEGAL_TRANSITION} naming both states,
   *     when the table lacks the transition
   */
  public void check(S from, S to) {
    if (!allows(from, to)) {
      throw DomainException.precondition(
              ILLEGAL_TRANSITION,
              type.getSimpleName() + " cannot go from " + from + " to " + to + why(from))
          .with("state", type.getSimpleName())
          .with("from", from)
          .with("to", to);
    }
  }

  /** Where one step leads to. */
  public Set<S> next(S from) {
    return Collections.unmodifiableSet(table.get(from));
  }

  /** Whether nothing follows. */
  public boolean isFinal(S state) {
    return table.get(state).isEmpty();
  }

  /** Every state that some path leads to, the initial one included. */
  public Set<S> reachableFrom(S initial) {
    EnumSet<S> seen = EnumSet.of(initial);
    Deque<S> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      for (S next : table.get(open.pop())) {
        if (seen.add(next)) {
          open.push(next);
        }
      }
    }
    return Collections.unmodifiableSet(seen);
  }

  public Class<S> type() {
    return type;
  }

  /**
   * The table as a Mermaid state diagram, in the order of the enum's constants; the first constant
   * is the initial state.
   */
  public String mermaid(String title) {
    StringBuilder text = new StringBuilder("---\ntitle: ").append(title).append("\n---\n");
    text.append("stateDiagram-v2\n");
    S[] states = type.getEnumConstants();
    text.append("  [*] --> ").append(states[0]).append('\n');
    for (S from : states) {
      for (S to : table.get(from)) {
        text.append("  ").append(from).append(" --> ").append(to).append('\n');
      }
      if (isFinal(from)) {
        text.append("  ").append(from).append(" --> [*]\n");
      }
    }
    return text.toString();
  }

  private String why(S from) {
    Set<S> next = table.get(from);
    return next.isEmpty() ? ": it is final" : "; possible: " + next;
  }

  /** Collects the table. */
  public static final class Builder<S extends Enum<S>> {
    private final Class<S> type;
    private final Map<S, Set<S>> table;

    private Builder(Class<S> type) {
      this.type = type;
      this.table = new EnumMap<>(type);
      for (S state : EnumSet.allOf(type)) {
        table.put(state, EnumSet.noneOf(type));
      }
    }

    /** Names the states that the following {@link From#to} speaks of. */
    @SafeVarargs
    public final From<S> from(S... states) {
      return new From<>(this, states);
    }

    public Transitions<S> build() {
      return new Transitions<>(type, table);
    }
  }

  /** The left side of one line of the table. */
  public static final class From<S extends Enum<S>> {
    private final Builder<S> builder;
    private final S[] states;

    private From(Builder<S> builder, S[] states) {
      this.builder = builder;
      this.states = states;
    }

    /** Allows each of these after each of those. */
    @SafeVarargs
    public final Builder<S> to(S... next) {
      for (S state : states) {
        builder.table.get(state).addAll(Arrays.asList(next));
      }
      return builder;
    }
  }
}
