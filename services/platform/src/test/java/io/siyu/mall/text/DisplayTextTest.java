package io.siyu.mall.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayTextTest {

  private static final int MAX = 40;

  /** Text with much of what is troublesome. */
  @Provide
  Arbitrary<String> texts() {
    Arbitrary<Integer> points =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                6,
                Arbitraries.of('a', 'Ｋ', '１', '棉', 'e', 0x301, '-')
                    .map(c -> ((Number) (c instanceof Character ch ? (int) ch : c)).intValue())),
            net.jqwik.api.Tuple.of(
                3,
                Arbitraries.of(
                    0x20,
                    0xA0,
                    0x3000,
                    (int) '\n',
                    0x200B,
                    0xFEFF,
                    0x2060,
                    0x200D,
                    0xFE0F,
                    0x20E3)),
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.of(
                    0x1F468, 0x1F469, 0x2764, 0x1F3F4, 0xE0067, 0xE007F, 0xFF76, 0xFF9E, 0x1100,
                    0x1161)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(0, 0x10FFFF)));
    return points
        .list()
        .ofMaxSize(20)
        .map(
            list -> {
              StringBuilder text = new StringBuilder();
              list.forEach(text::appendCodePoint);
              return text.toString();
            });
  }

  @Property
  void theNormalFormIsItsOwn(@ForAll("texts") String text) {
    Reading line = DisplayText.line(text, 0, MAX);
    if (line.ok()) {
      assertEquals(line, DisplayText.line(line.value(), 0, MAX));
    }
    Reading block = DisplayText.block(text, 0, MAX);
    if (block.ok()) {
      assertEquals(block, DisplayText.block(block.value(), 0, MAX));
    }
  }

  @Property
  void nothingInvisibleIsLeft(@ForAll("texts") String text) {
    Reading line = DisplayText.line(text, 0, MAX);
    int[] points = line.value().codePoints().toArray();
    assertTrue(
        !line.ok()
            || Arrays.stream(points).noneMatch(p -> Glyphs.isUnfit(p) || p == 0x200B || p == 0x202E)
                && (points.length == 0 || points[0] != ' ' && points[points.length - 1] != ' '));
  }

  @Property
  void whatIsAroundDoesNotCount(@ForAll("texts") String text) {
    Reading alone = DisplayText.line(text, 0, MAX);
    Reading dressed = DisplayText.line("\uFEFF \u00A0" + text + "\u2060\u200E\t", 0, MAX);
    assertEquals(alone.problem(), dressed.problem());
    assertTrue(!alone.ok() || alone.equals(dressed));
  }

  @Test
  void whatJoinedSomethingThatIsLeftOutGoesWithIt() {
    assertEquals("a👨", DisplayText.cleaned("a\uFE0F\u200D👨", 7));
  }

  @Property
  void whatIsCleanedCanBeKept(@ForAll("texts") String text) {
    String clean = DisplayText.cleaned(text, 7);
    assertEquals(Reading.right(clean), DisplayText.line(clean, 0, 7));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "蒙山 纯棉",
        " 蒙山 纯棉 ",
        "\u00A0蒙山\u00A0纯棉\u3000",
        "\u200B蒙山 纯棉\uFEFF",
        "蒙山\u2003\t纯棉\u2060",
        "\u202A蒙山 纯棉\u202C",
        "\u200F蒙山\t纯棉\n\u200E",
        "蒙山  纯棉\u3164"
      })
  void whatLooksTheSameIsTheSame(String text) {
    assertEquals("蒙山 纯棉", DisplayText.line(text, 1, MAX).value());
    assertNull(DisplayText.line(text, 1, MAX).problem());
  }

  @Test
  void composedAndFullWidthAreTheSame() {
    assertEquals("Café K1，x", DisplayText.line("Ｃａｆｅ\u0301 Ｋ１，ｘ", 1, MAX).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u0000b", "a\u001Bb", "a\u200Bb", "a\uFEFFb", "a\u202Eb", "a\u2066b", "a\u00ADb",
            "a\u200Db", "a\u200Cb",
        "a\uD800b", "a\uDC00", "\uD83D", "a\uFFFEb", "a\uFE0Fb", "a\u3164b", "a\u2800b",
            "a\uDB40\uDC41b", "\u0007",
        "a\u034Fb", "a\uFFFCb"
      })
  void whatNobodySeesIsRefused(String text) {
    Reading line = DisplayText.line(text, 0, MAX);
    assertFalse(line.ok());
    assertTrue(line.problem().contains("invisible or control character U+"));
    assertFalse(DisplayText.block(text, 0, MAX).ok());
    assertTrue(DisplayText.line(DisplayText.cleaned(text, MAX), 0, MAX).ok());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👨‍👩‍👧‍👦",
        "❤️",
        "❤️‍🔥",
        "1️⃣",
        "🏳️‍🌈",
        "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
        "👍🏽",
        "🇨🇳",
        "好👩🏽‍🚀了",
        "☎︎",
        "🫠"
      })
  void emojiStayWhatTheyAre(String text) {
    assertEquals(Reading.right(text), DisplayText.line(text, 1, MAX));
    assertEquals(text, DisplayText.cleaned(text, MAX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\u000Bb"})
  void whatIsMeantForOneLineHasNoBreaks(String text) {
    assertEquals("must be one line", DisplayText.line(text, 1, MAX).problem());
    assertEquals("a b", DisplayText.cleaned(text.replace("\r", ""), MAX));
    assertFalse(Code.read(text, 1, MAX).ok());
    assertTrue(DisplayText.block(text, 1, MAX).ok());
  }

  @Test
  void paragraphsKeepTheirLines() {
    assertEquals("一\n\n二  三", DisplayText.block("\n一 \r\n\r\n二  三\u200B\n", 1, MAX).value());
  }

  @Test
  void lengthIsThatOfTheNormalFormInCodePoints() {
    assertTrue(DisplayText.line(" " + "🧸".repeat(MAX) + "\u200B", 1, MAX).ok());
    assertEquals(
        "must have 1 to 40 characters, not 41",
        DisplayText.line("🧸".repeat(MAX + 1), 1, MAX).problem());
    assertEquals(
        "must have 1 to 40 characters, not 0", DisplayText.line("\u200B \uFEFF", 1, MAX).problem());
  }

  @Test
  void megabytesCostNothing() {
    String flood = "\uFDFA".repeat(20_000_000);
    assertTimeout(
        Duration.ofMillis(500),
        () -> {
          assertFalse(DisplayText.line(flood, 1, MAX).ok());
          assertFalse(Code.read(flood, 1, MAX).ok());
          assertFalse(PublicUrl.read(flood, 1, MAX).ok());
          assertEquals(MAX, DisplayText.cleaned(flood, MAX).length());
        });
  }

  @Test
  void whatNobodySeesCanBeLeftOutAndTheRestStays() {
    assertEquals(
        "<p>纯\u3000棉\n\u0001</p>",
        DisplayText.withoutUnseen("\uFEFF<p>纯\u200B\u3000棉\u200E\n\u0001\u2060</p>"));
    String family = new String(new int[] {0x1F468, 0x200D, 0x1F469, 0x2764, 0xFE0F}, 0, 5);
    assertEquals(family, DisplayText.withoutUnseen(family + "\u200D"));
  }
}
