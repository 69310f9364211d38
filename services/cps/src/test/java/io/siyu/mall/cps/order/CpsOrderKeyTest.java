package io.siyu.mall.cps.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CpsOrderKeyTest {

  @Property
  void idsGrowWithTheNumbersOfOrders(
      @ForAll @LongRange(min = 1_000_000_000_000_000_000L, max = 8_999_999_999_999_999_999L)
          long no,
      @ForAll @LongRange(min = 10, max = 100_000_000_000_000_000L) long more) {
    UUID first = id(Long.toString(no), "1");
    UUID later = id(Long.toString(no + more), "1");
    assertTrue(text(first).compareTo(text(later)) < 0, first + " " + later);
    assertEquals(8, first.version());
    assertEquals(2, first.variant());
  }

  @Test
  void theIdFollowsFromPlatformOrderAndSubOrder() {
    assertEquals(id("4000000000000000001", "1"), id("4000000000000000001", "1"));
    assertNotEquals(id("4000000000000000001", "1"), id("4000000000000000001", "2"));
    assertNotEquals(id("4000000000000000001", "1"), id("4000000000000000002", "1"));
    assertNotEquals(
        id("4000000000000000001", "1"),
        new CpsOrderKey(Platform.JD, "4000000000000000001", "1").id());
    assertEquals(8, id("210301-633180523891234", "1").version(), "numbers with other characters");
    assertEquals(8, id("NONE", "1").version());
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (String no : new String[] {"", "4 0", "四", "1".repeat(41)}) {
      assertThrows(DomainException.class, () -> id(no, "1"));
      assertThrows(DomainException.class, () -> id("1", no));
    }
  }

  private static UUID id(String orderNo, String subOrderNo) {
    return new CpsOrderKey(Platform.TAOBAO, orderNo, subOrderNo).id();
  }

  /** As the database orders sixteen bytes. */
  private static String text(UUID id) {
    return id.toString();
  }
}
