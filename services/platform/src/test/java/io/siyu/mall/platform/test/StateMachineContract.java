package io.siyu.mall.platform.test;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.state.Transitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every state enum of a service must keep: its table allows exactly the pairs that the test
 * lists, every state can be reached from the first constant, and {@code
 * docs/domain/<name>-states.md} is current ({@code -Dmall.docs.write=true} writes it).
 *
 * <pre>{@code
 * class OrderStatesTest extends StateMachineContract<OrderState> {
 *   OrderStatesTest() {
 *     super("order", "订单 Order", OrderState.TABLE);
 *     allow(PENDING_PAYMENT, PAID, CANCELLED);
 *     allow(PAID, PARTIALLY_SHIPPED, SHIPPED, CLOSED);
 *   }
 * }
 * }</pre>
 */
public abstract class StateMachineContract<S extends Enum<S>> {

  private final String document;
  private final String title;
  private final Transitions<S> table;
  private final Map<S, Set<S>> expected = new LinkedHashMap<>();

  /**
   * @param document the file's name in docs/domain without {@code -states.md}
   * @param title of the diagram
   */
  protected StateMachineContract(String document, String title, Transitions<S> table) {
    this.document = document;
    this.title = title;
    this.table = table;
  }

  /** The rules of the domain, written down a second time, by hand. */
  @SafeVarargs
  protected final void allow(S from, S... to) {
    expected.computeIfAbsent(from, s -> EnumSet.noneOf(table.type())).addAll(List.of(to));
  }

  @TestFactory
  Stream<DynamicTest> everyPair() {
    S[] states = table.type().getEnumConstants();
    return Arrays.stream(states).flatMap(from -> Arrays.stream(states).map(to -> pair(from, to)));
  }

  @TestFactory
  Stream<DynamicTest> everyStateIsReachable() {
    S[] states = table.type().getEnumConstants();
    Set<S> reachable = table.reachableFrom(states[0]);
    return Arrays.stream(states)
        .map(
            state ->
                DynamicTest.dynamicTest(
                    state + " can be reached",
                    () -> Assertions.assertTrue(reachable.contains(state))));
  }

  @TestFactory
  Stream<DynamicTest> documentIsCurrent() {
    return Stream.of(DynamicTest.dynamicTest(file().toString(), this::checkDocument));
  }

  private DynamicTest pair(S from, S to) {
    boolean allowed = expected.getOrDefault(from, Set.of()).contains(to);
    return DynamicTest.dynamicTest(
        from + " → " + to + (allowed ? " passes" : " is refused"),
        () -> {
          if (allowed) {
            table.check(from, to);
          } else {
            DomainException refusal =
                Assertions.assertThrows(DomainException.class, () -> table.check(from, to));
            Assertions.assertEquals(Transitions.ILLEGAL_TRANSITION, refusal.reason());
          }
        });
  }

  private void checkDocument() {
    String text = "# " + title + "\n\n```mermaid\n" + table.mermaid(title) + "```\n";
    try {
      if (Boolean.getBoolean("mall.docs.write")) {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), text);
      }
      String found = Files.exists(file()) ? Files.readString(file()) : "";
      Assertions.assertEquals(text, found, "run with -Dmall.docs.write=true to write it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    Path root = Path.of(System.getProperty("mall.root", "")).toAbsolutePath();
    while (!Files.exists(root.resolve("mvnw")) && root.getParent() != null) {
      root = root.getParent();
    }
    return root.resolve("docs/domain/" + document + "-states.md");
  }
}
