package io.siyu.mall.platform.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.error.DomainException;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class IdsTest {

  @Test
  void idsAreVersionSevenAndGrow() {
    UUID last = Ids.next();
    for (int i = 0; i < 10_000; i++) {
      UUID next = Ids.next();
      assertEquals(7, next.version());
      assertTrue(next.toString().compareTo(last.toString()) > 0);
      last = next;
    }
  }

  @Property
  void bytesAndBack(@ForAll long high, @ForAll long low) {
    UUID id = new UUID(high, low);
    assertEquals(16, Ids.buffer(id).length());
    assertEquals(id, Ids.uuid(Ids.buffer(id)));
    assertEquals(id, Ids.parse("id", id.toString()));
  }

  @Test
  void whatIsNoIdIsABadRequest() {
    for (String bad :
        new String[] {
          null,
          "",
          "x",
          "00000000000000000-0000-0000-0000-000",
          "zzzzzzzz-0000-7000-8000-000000000000"
        }) {
      DomainException refusal =
          assertThrows(DomainException.class, () -> Ids.parse("order_id", bad), bad);
      assertEquals("order_id", refusal.violations().get(0).field());
    }
    assertNull(Ids.parseOptional("id", ""));
  }
}
