package io.siyu.mall.distributor.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VisitorsTest {

  static final Duration DAY = Duration.ofDays(1);
  static final String KEY = key(1);

  static String key(int fill) {
    byte[] key = new byte[32];
    java.util.Arrays.fill(key, (byte) fill);
    return Base64.getEncoder().encodeToString(key);
  }

  final Visitors visitors = new Visitors(List.of(KEY), DAY);

  @Test
  void aNameIsReadAsLongAsItIsGood() {
    String id = visitors.next();
    String token = visitors.token(id);
    assertEquals(48, token.length());
    assertEquals(Optional.of(id), visitors.read(token));
    assertNotEquals(id, visitors.next());
    assertEquals(
        Optional.empty(), visitors.read(new Visitors(List.of(KEY), DAY.negated()).token(id)));
  }

  @Test
  void everyChangedCharacterIsSeen() {
    String token = visitors.token(visitors.next());
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertEquals(Optional.empty(), visitors.read(changed), changed);
    }
  }

  @Test
  void whatClientsMakeUpIsNoName() {
    for (String text :
        List.of("", "a-visitor-1", visitors.next(), "中文", "=", "A".repeat(48), "A".repeat(64))) {
      assertEquals(Optional.empty(), visitors.read(text), text);
    }
  }

  @Test
  void keysCanBeChanged() {
    String id = visitors.next();
    String token = visitors.token(id);
    assertEquals(Optional.of(id), new Visitors(List.of(key(2), KEY), DAY).read(token));
    assertEquals(Optional.empty(), new Visitors(List.of(key(2)), DAY).read(token));
  }

  @Test
  void withoutAKeyWorthTheNameNothingStarts() {
    assertThrows(IllegalArgumentException.class, () -> new Visitors(List.of(), DAY));
    assertThrows(IllegalArgumentException.class, () -> new Visitors(List.of("c2hvcnQ="), DAY));
    assertThrows(IllegalArgumentException.class, () -> new Visitors(List.of("no base64"), DAY));
  }
}
