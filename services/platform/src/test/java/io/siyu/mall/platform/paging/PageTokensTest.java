package io.siyu.mall.platform.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.platform.error.DomainException;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PageTokensTest {

  @Test
  void whatGoesInComesOut() {
    UUID id = UUID.randomUUID();
    Instant now = Instant.parse("2026-11-22T01:02:03.456789Z");
    PageTokens.PageKey key = PageTokens.decode(PageTokens.encode(now, id, 42L, "母婴|x"), 4);
    assertEquals(now, key.instant(0));
    assertEquals(id, key.uuid(1));
    assertEquals(42, key.number(2));
    assertEquals("母婴|x", key.text(3));
  }

  @Test
  void emptyIsTheFirstPage() {
    assertNull(PageTokens.decode("", 2));
  }

  @Property
  void anythingElseIsABadRequestAndNeverACrash(@ForAll String token) {
    try {
      PageTokens.PageKey key = PageTokens.decode(token, 1);
      if (key != null) {
        key.uuid(0);
      }
    } catch (DomainException e) {
      assertEquals("page_token", e.violations().get(0).field());
    }
  }

  @Test
  void partsOfAnotherListAreRefused() {
    String token = PageTokens.encode("a", "b");
    assertThrows(DomainException.class, () -> PageTokens.decode(token, 3));
    PageTokens.PageKey key = PageTokens.decode(token, 2);
    assertThrows(DomainException.class, () -> key.uuid(0));
    assertThrows(DomainException.class, () -> key.number(0));
    assertThrows(DomainException.class, () -> key.instant(0));
  }

  @Test
  void sizes() {
    assertEquals(20, PageSize.of(0));
    assertEquals(7, PageSize.of(7));
    assertEquals(100, PageSize.of(1_000_000));
    assertThrows(DomainException.class, () -> PageSize.of(-1));
  }
}
