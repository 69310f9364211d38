package io.siyu.mall.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchTest {

  @Test
  void wordsStandTogetherInOneTitle() {
    assertEquals(
        List.of("毛", "毛巾", "巾", "X", "XR", "XR5", "XR50", "R", "R5", "R50", "5", "50", "0"),
        Search.words(Set.of("毛巾 XR50")));
    assertEquals(List.of(), Search.words(Set.of()));
  }
}
