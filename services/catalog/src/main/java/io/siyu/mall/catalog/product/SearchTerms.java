package io.siyu.mall.catalog.product;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a text is found by: its letters, digits and symbols, folded (full width to half width,
 * capitals to small letters) and without anything between them, from each of them on. So every part
 * of it is the beginning of a term, wherever people put spaces and hyphens.
 */
public final class SearchTerms {

  /** Code points of a term. */
  static final int LENGTH = 12;

  /** Terms of one product: what comes last is not found where there are more. */
  static final int MAX_TERMS = 4_000;

  /** A query's further conditions only narrow it further. */
  static final int MAX_CONDITIONS = 12;

  private static final int PAIR = 2;

  /** What sort of writing a character is of: people do not type spaces between them. */
  private enum Script {
    IDEOGRAPHS,
    LETTERS,
    SYMBOLS,
    NOTHING
  }

  private SearchTerms() {}

  /** The terms under which a text is kept. */
  public static Set<String> of(String text) {
    int[] points =
        fold(text).codePoints().filter(p -> script(p) != Script.NOTHING).limit(MAX_TERMS).toArray();
    Set<String> terms = new LinkedHashSet<>();
    for (int from = 0; from < points.length; from++) {
      terms.add(new String(points, from, Math.min(LENGTH, points.length - from)));
    }
    return terms;
  }

  /**
   * What a product must have of the query: for each of these a term that begins so. None: the query
   * says nothing.
   */
  public static List<String> all(String query) {
    return most(pieces(query, LENGTH));
  }

  /** The parts of the query of which a product that lacks some may have the most. */
  public static List<String> some(String query) {
    Set<String> parts = new LinkedHashSet<>();
    for (String piece : pieces(query, LENGTH)) {
      int[] points = piece.codePoints().toArray();
      if (script(points[0]) != Script.IDEOGRAPHS || points.length <= PAIR) {
        parts.add(piece);
        continue;
      }
      for (int from = 0; from + PAIR <= points.length; from++) {
        parts.add(new String(points, from, PAIR));
      }
    }
    return spread(List.copyOf(parts));
  }

  /** Stretches of one script, the long ones cut; symbols only where there is nothing else. */
  private static Set<String> pieces(String query, int length) {
    Set<String> words = new LinkedHashSet<>();
    Set<String> symbols = new LinkedHashSet<>();
    List<Integer> open = new ArrayList<>();
    Script script = Script.NOTHING;
    for (int point : fold(query + " ").codePoints().filter(p -> !joins(p)).toArray()) {
      Script next = script(point);
      if (next != script || open.size() == length) {
        if (!open.isEmpty()) {
          (script == Script.SYMBOLS ? symbols : words).add(string(open));
        }
        open.clear();
      }
      script = next;
      if (script != Script.NOTHING) {
        open.add(point);
      }
    }
    return words.isEmpty() ? symbols : words;
  }

  /** The longest, which are the rarest. */
  private static List<String> most(Set<String> pieces) {
    return pieces.stream()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .limit(MAX_CONDITIONS)
        .toList();
  }

  /** As many as a query may have, from its beginning to its end. */
  private static List<String> spread(List<String> parts) {
    if (parts.size() <= MAX_CONDITIONS) {
      return parts;
    }
    List<String> chosen = new ArrayList<>();
    for (int i = 0; i < MAX_CONDITIONS; i++) {
      chosen.add(parts.get(i * parts.size() / MAX_CONDITIONS));
    }
    return chosen;
  }

  private static String fold(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }

  private static Script script(int point) {
    if (Character.isLetterOrDigit(point)) {
      return Character.isIdeographic(point) ? Script.IDEOGRAPHS : Script.LETTERS;
    }
    return Character.getType(point) == Character.OTHER_SYMBOL ? Script.SYMBOLS : Script.NOTHING;
  }

  /** What is between the parts of one word: a hyphen, a dot, and what nobody sees. */
  private static boolean joins(int point) {
    return switch (Character.getType(point)) {
      case Character.DASH_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.FORMAT,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> point == '.';
    };
  }

  private static String string(List<Integer> points) {
    StringBuilder text = new StringBuilder();
    points.forEach(text::appendCodePoint);
    return text.toString();
  }
}
