package io.siyu.mall.distributor.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {

  @Test
  void valuesArePaddedToAPowerOfTwoByTheLastOne() {
    assertEquals(List.of("a"), Marks.padded(List.of("a")));
    assertEquals(List.of("a", "b"), Marks.padded(List.of("a", "b")));
    assertEquals(List.of("a", "b", "c", "c"), Marks.padded(List.of("a", "b", "c")));
    assertEquals(
        List.of("a", "b", "c", "d", "e", "e", "e", "e"),
        Marks.padded(List.of("a", "b", "c", "d", "e")));
  }
}
