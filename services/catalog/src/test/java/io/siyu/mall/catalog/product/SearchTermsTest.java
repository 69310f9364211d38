package io.siyu.mall.catalog.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SearchTermsTest {

  @Test
  void chineseIsCutIntoCharactersAndPairsAndLatinKeptWhole() {
    assertEquals(
        Set.of("羊", "毛", "被", "羊毛", "毛被", "muji", "2kg"),
        SearchTerms.of("羊毛被 ＭＵＪＩ", "2KG").values());
  }

  @Test
  void aQueryOfOneCharacterLooksForCharactersAndLongerOnesForPairs() {
    assertEquals(List.of(new SearchTerms.QueryTerm("被", false)), SearchTerms.query("被"));
    assertEquals(
        List.of(new SearchTerms.QueryTerm("羊毛", false), new SearchTerms.QueryTerm("毛被", false)),
        SearchTerms.query("羊毛被"));
    assertEquals(List.of(new SearchTerms.QueryTerm("muj", true)), SearchTerms.query("Muj"));
    assertEquals(List.of(), SearchTerms.query("！？"));
  }

  @Property
  void everyPartOfATextIsFound(
      @ForAll @IntRange(min = 0, max = 9) int from,
      @ForAll @IntRange(min = 1, max = 10) int length) {
    String title = "秋冬保暖加厚澳洲羊毛被";
    String part = title.substring(from, Math.min(title.length(), from + length));
    Set<String> terms = SearchTerms.of(title).values();
    assertTrue(SearchTerms.query(part).stream().allMatch(t -> terms.contains(t.text())), part);
  }

  @Test
  void noTermIsLongerThanItsColumn() {
    String longWord = "a".repeat(100);
    assertTrue(SearchTerms.of(longWord).values().stream().allMatch(t -> t.length() <= 32));
    assertEquals(
        SearchTerms.of(longWord).values(), Set.of(SearchTerms.query(longWord).get(0).text()));
  }
}
