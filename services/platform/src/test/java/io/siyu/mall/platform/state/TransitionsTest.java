package io.siyu.mall.platform.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  enum Light {
    RED,
    GREEN,
    AMBER,
    BROKEN,
    LOST
  }

  private final Transitions<Light> table =
      Transitions.of(Light.class)
          .from(Light.RED)
          .to(Light.GREEN)
          .from(Light.GREEN)
          .to(Light.AMBER)
          .from(Light.AMBER)
          .to(Light.RED)
          .from(Light.RED, Light.GREEN, Light.AMBER)
          .to(Light.BROKEN)
          .build();

  @Test
  void allowsWhatTheTableSaysAndNothingElse() {
    assertTrue(table.allows(Light.RED, Light.GREEN));
    assertTrue(table.allows(Light.AMBER, Light.BROKEN));
    assertFalse(table.allows(Light.GREEN, Light.RED));
    assertFalse(table.allows(Light.RED, Light.RED));
    assertEquals(Set.of(Light.GREEN, Light.BROKEN), table.next(Light.RED));
  }

  @Test
  void refusalNamesBothStates() {
    DomainException refusal =
        assertThrows(DomainException.class, () -> table.check(Light.GREEN, Light.RED));
    assertEquals(Kind.FAILED_PRECONDITION, refusal.kind());
    assertEquals("ILLEGAL_TRANSITION", refusal.reason());
    assertEquals("GREEN", refusal.metadata().get("from"));
    assertEquals("RED", refusal.metadata().get("to"));
    assertThrows(DomainException.class, () -> table.check(Light.BROKEN, Light.RED));
  }

  @Test
  void knowsWhatCanBeReached() {
    assertEquals(
        Set.of(Light.RED, Light.GREEN, Light.AMBER, Light.BROKEN), table.reachableFrom(Light.RED));
    assertTrue(table.isFinal(Light.BROKEN));
    assertFalse(table.isFinal(Light.RED));
  }

  @Test
  void drawsItself() {
    assertEquals(
        """
        ---
        title: Light
        ---
        stateDiagram-v2
          [*] --> RED
          RED --> GREEN
          RED --> BROKEN
          GREEN --> AMBER
          GREEN --> BROKEN
          AMBER --> RED
          AMBER --> BROKEN
          BROKEN --> [*]
          LOST --> [*]
        """,
        table.mermaid("Light"));
  }
}
