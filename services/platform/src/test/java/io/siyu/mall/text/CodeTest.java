package io.siyu.mall.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {

  private static final int MAX = 64;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K-1",
        " K-1 ",
        "Ｋ－１",
        "Ｋ‐１",
        "K–1",
        "K—1",
        "K−1",
        "K﹣1",
        "\uFEFFK-1\u200B",
        "\u00A0K-1\u3000",
        "\u202AK-1\u202C",
        "𝐊-𝟏"
      })
  void whatLooksTheSameIsTheSame(String text) {
    assertEquals(Reading.right("K-1"), Code.read(text, 1, MAX));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K\u200B1",
        "K\u202E1",
        "K\u00001",
        "K\uD8001",
        "<K1>",
        "K\"1",
        "K'1",
        "K\\1",
        "K👍1",
        "K\u200D1",
        "\u200B",
        ""
      })
  void whatNoLabelShowsIsRefused(String text) {
    assertFalse(Code.read(text, 1, MAX).ok());
  }

  @ParameterizedTest
  @ValueSource(strings = {"XR-500/红 90", "6901234567892", "a_b.c#1+2*3(4)", "连体衣01"})
  void whatLabelsShowIsKept(String text) {
    assertEquals(Reading.right(text), Code.read(text, 1, MAX));
  }

  @Property
  void theNormalFormIsItsOwn(@ForAll String text) {
    Reading code = Code.read(text, 0, MAX);
    if (code.ok()) {
      assertEquals(code, Code.read(code.value(), 0, MAX));
      assertEquals(code, Code.read("\u2060 " + code.value() + "\u00A0", 0, MAX));
    }
  }

  @Test
  void noneIsEmpty() {
    assertEquals(Reading.right(""), Code.read(" \u200B", 0, MAX));
  }
}
