package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermsTest {

  @Test
  void aTextIsKeptFromEachOfItsCharactersOn() {
    assertEquals(Set.of("羊毛2kg", "毛2kg", "2kg", "kg", "g"), SearchTerms.of("羊毛，2-ＫＧ"));
  }

  @Test
  void aQueryIsCutWhereTheScriptChanges() {
    assertEquals(List.of("羊毛被"), SearchTerms.all("羊毛被"));
    assertEquals(Set.of("iphone", "15", "手机壳"), Set.copyOf(SearchTerms.all("iPhone 15 手机壳")));
    assertEquals(Set.of("15pro", "手机壳"), Set.copyOf(SearchTerms.all("15Pro手机壳")));
    assertEquals(List.of("毛巾"), SearchTerms.all("🔥毛巾"), "symbols only where nothing else is");
    assertEquals(List.of("🔥"), SearchTerms.all("🔥"));
    assertEquals(List.of("xr500"), SearchTerms.all("XR-500"), "a hyphen is within a word");
    assertEquals(List.of(), SearchTerms.all("！？ %_'"));
    assertEquals(List.of("羊毛", "毛被", "muji"), SearchTerms.some("羊毛被 MUJI"));
  }

  @ParameterizedTest
  @CsvSource({
    "蒙山 纯棉毛巾, 蒙山纯棉",
    "蒙山纯棉毛巾, 蒙山 纯棉",
    "XR-500 蓝牙音箱, xr500",
    "XR500 蓝牙音箱, xr-500",
    "iPhone15Pro 手机壳, 15pro",
    "iPhone 15 Pro 手机壳, iphone15pro手机壳",
    "🔥爆款, 🔥",
    "ＭＵＪＩ 无印, muji",
    "Café, café",
  })
  void whatPeopleTypeIsFound(String text, String query) {
    assertTrue(isFound(text, query));
  }

  @Property
  void everyPartOfATextIsFound(
      @ForAll @IntRange(min = 0, max = 60) int from,
      @ForAll @IntRange(min = 1, max = 67) int length) {
    String title = "【秋冬】保暖加厚 澳洲羊毛被XR-500 双人1.8m床 200×230cm 四件套（含枕套）🔥包邮 A类面料 秋冬 特价 限时 新款";
    int begin = title.offsetByCodePoints(0, from);
    int codePoints = title.codePointCount(begin, title.length());
    String part =
        title.substring(begin, title.offsetByCodePoints(begin, Math.min(length, codePoints)));
    assertTrue(isFound(title, part), part);
  }

  @Property
  void aQueryIsBounded(@ForAll String query) {
    for (List<String> terms : List.of(SearchTerms.all(query), SearchTerms.some(query))) {
      assertTrue(terms.size() <= SearchTerms.MAX_CONDITIONS);
      assertTrue(
          terms.stream()
              .allMatch(
                  t -> !t.isEmpty() && t.codePointCount(0, t.length()) <= SearchTerms.LENGTH));
      assertTrue(terms.stream().noneMatch(t -> t.contains("%") || t.contains("_")));
    }
  }

  @Test
  void noTextHasMoreTermsThanAProductMayHave() {
    assertTrue(SearchTerms.of("\uFDFA".repeat(500)).size() <= SearchTerms.MAX_TERMS);
  }

  private static boolean isFound(String text, String query) {
    Set<String> terms = SearchTerms.of(text);
    return SearchTerms.all(query).stream()
        .allMatch(word -> terms.stream().anyMatch(term -> term.startsWith(word)));
  }
}
