package io.siyu.mall.platform.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SqlValuesTest {

  @Test
  void everyTypeHasItsLiteral() {
    SqlValues values =
        SqlValues.into("t", "a", "b", "c", "d", "e", "f", "g")
            .row(
                new UUID(1, 255),
                7L,
                Instant.parse("2026-11-22T03:00:00.123456Z"),
                Money.fen(-5),
                "羊'",
                "",
                null);
    assertEquals(
        "INSERT INTO t (a, b, c, d, e, f, g) VALUES (x'000000000000000100000000000000ff', 7,"
            + " '2026-11-22T03:00:00.123456', -5, _utf8mb4 x'e7be8a27', '', NULL)",
        values.sql());
    assertEquals(1, values.size());
  }

  @Test
  void rowsThatAreThereAreLeftOutOrUpdated() {
    assertEquals(
        "INSERT IGNORE INTO t (a) VALUES (1)", SqlValues.intoUnlessThere("t", "a").row(1L).sql());
    assertEquals(
        "INSERT INTO t (a) VALUES (1), (2) ON DUPLICATE KEY UPDATE a = VALUES(a)",
        SqlValues.into("t", "a").orUpdate("a = VALUES(a)").row(1L).row(2L).sql());
  }

  @Test
  void idsAndNamesStayReadable() {
    assertEquals(
        "INSERT INTO t (a, b, c) VALUES ('MEMBER:0a-1_B', _utf8mb4 x'615c', _utf8mb4 x'6120')",
        SqlValues.into("t", "a", "b", "c").row("MEMBER:0a-1_B", "a\\", "a ").sql());
  }

  @Property
  void noTextEndsItsLiteral(@ForAll String text) {
    String sql = SqlValues.into("t", "a").row(text).row(text).sql();
    assertEquals(4, sql.chars().filter(c -> c == '\'').count());
    assertTrue(sql.chars().allMatch(c -> c >= ' ' && c < 127), sql);
    assertFalse(sql.contains("\\"));
  }

  @Test
  void whatHasNoLiteralIsRefused() {
    SqlValues values = SqlValues.into("t", "a");
    assertThrows(IllegalArgumentException.class, () -> values.row(1L, 2L));
    assertThrows(IllegalArgumentException.class, () -> values.row(1.5));
  }
}
