package io.siyu.mall.catalog.product;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a text is found by. Latin words and numbers are folded (full width to half width, capitals
 * to small letters) and kept whole; Chinese, which has no spaces, is cut into single characters and
 * pairs of neighbours, so that any part of two or more characters is found by its pairs.
 */
public final class SearchTerms {

  /** A query's further words are ignored: they only narrow it further. */
  static final int MAX_QUERY_TERMS = 12;

  /** Longer words are cut: the column's length. */
  static final int MAX_TERM = 32;

  private final Set<String> terms;

  private SearchTerms(Set<String> terms) {
    this.terms = terms;
  }

  /** The terms under which the texts are kept. */
  public static SearchTerms of(String... texts) {
    Set<String> terms = new LinkedHashSet<>();
    for (String text : texts) {
      for (Run run : runs(text)) {
        if (run.ideographs) {
          run.pieces(1, terms);
          run.pieces(2, terms);
        } else {
          terms.add(run.cut());
        }
      }
    }
    return new SearchTerms(terms);
  }

  /** The terms that a product must have all of to match the query; none: the query says nothing. */
  public static List<QueryTerm> query(String query) {
    Set<QueryTerm> terms = new LinkedHashSet<>();
    for (Run run : runs(query)) {
      Set<String> pieces = new LinkedHashSet<>();
      if (run.ideographs) {
        run.pieces(run.length() == 1 ? 1 : 2, pieces);
        pieces.forEach(piece -> terms.add(new QueryTerm(piece, false)));
      } else {
        terms.add(new QueryTerm(run.cut(), true));
      }
    }
    return terms.stream().limit(MAX_QUERY_TERMS).toList();
  }

  public Set<String> values() {
    return Set.copyOf(terms);
  }

  private static List<Run> runs(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<Run> runs = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    boolean ideographs = false;
    for (int point : folded.codePoints().toArray()) {
      boolean letter = Character.isLetterOrDigit(point);
      boolean ideograph = letter && Character.isIdeographic(point);
      if (!open.isEmpty() && (!letter || ideograph != ideographs)) {
        runs.add(new Run(List.copyOf(open), ideographs));
        open.clear();
      }
      if (letter) {
        open.add(point);
        ideographs = ideograph;
      }
    }
    if (!open.isEmpty()) {
      runs.add(new Run(List.copyOf(open), ideographs));
    }
    return runs;
  }

  /**
   * One condition of a query.
   *
   * @param prefix whether longer terms that begin so match too: a word that is still being typed
   */
  public record QueryTerm(String text, boolean prefix) {}

  private record Run(List<Integer> points, boolean ideographs) {

    int length() {
      return points.size();
    }

    void pieces(int size, Set<String> into) {
      for (int i = 0; i + size <= points.size(); i++) {
        into.add(string(points.subList(i, i + size)));
      }
    }

    String cut() {
      return string(points.subList(0, Math.min(points.size(), MAX_TERM)));
    }

    private static String string(List<Integer> points) {
      StringBuilder text = new StringBuilder();
      points.forEach(text::appendCodePoint);
      return text.toString();
    }
  }
}
