package io.siyu.mall.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The normal form of what people see: two texts that look the same are the same. Composed (NFC),
 * one kind of space, full-width letters and digits as plain ones, nothing invisible at the ends.
 * Control and direction characters, halves of characters and invisible ones inside are refused;
 * emoji keep what joins and styles them.
 */
public final class DisplayText {

  private static final int FULL_WIDTH = 0xFEE0;

  private DisplayText() {}

  /** One line: a name, a title. Runs of spaces become one; line breaks inside are refused. */
  public static Reading line(String raw, int min, int max) {
    Reading far = Reading.farTooLong(raw, min, max);
    return far == null ? read(raw, min, max, true) : far;
  }

  /** Paragraphs: line breaks stay (as \n), and runs of spaces too. */
  public static Reading block(String raw, int min, int max) {
    Reading far = Reading.farTooLong(raw, min, max);
    return far == null ? read(raw, min, max, false) : far;
  }

  /**
   * What can be shown of a text that another system wrote: what would be refused is left out, and
   * the rest is cut at the bound.
   */
  public static String cleaned(String raw, int max) {
    int[] shown = seen(raw.codePoints().limit(Reading.farTooLong(max)).toArray(), true);
    int[] clean = trimmed(seen(composed(string(shown)), true));
    String line = oneLine(clean);
    if (line.codePointCount(0, line.length()) <= max) {
      return line;
    }
    String cut = line.substring(0, line.offsetByCodePoints(0, max));
    return string(trimmed(cut.codePoints().toArray()));
  }

  /**
   * The text without the characters that nobody sees, as far as they are no part of an emoji: what
   * editors leave behind. Everything else stays as it is, also what will be refused.
   */
  public static String withoutUnseen(String raw) {
    return raw.codePoints().anyMatch(Glyphs::isInvisible)
        ? string(seen(raw.codePoints().toArray(), false))
        : raw;
  }

  /**
   * Without what nobody sees; what joined something that is left out goes with it.
   *
   * @param fitOnly also without everything else that would be refused
   */
  private static int[] seen(int[] points, boolean fitOnly) {
    int[] kept = new int[points.length];
    int size = 0;
    for (int i = 0; i < points.length; i++) {
      boolean unseen =
          Glyphs.isInvisible(points[i]) && !Glyphs.isPartOfEmoji(points, i, points.length);
      if (!unseen && !(fitOnly && Glyphs.isUnfit(points[i]))) {
        kept[size++] = points[i];
      }
    }
    return size == points.length ? points : seen(Arrays.copyOf(kept, size), fitOnly);
  }

  private static Reading read(String raw, int min, int max, boolean oneLine) {
    int[] points = trimmed(composed(raw));
    for (int i = 0; i < points.length; i++) {
      if (Glyphs.isUnfit(points[i])
          || Glyphs.isInvisible(points[i]) && !Glyphs.isPartOfEmoji(points, i, points.length)) {
        return Reading.unseen(raw, points[i]);
      }
      if (oneLine && Glyphs.isBreak(points[i])) {
        return Reading.refused(raw, "must be one line", "应为一行，不能换行");
      }
    }
    String text = oneLine ? oneLine(points) : paragraphs(points);
    return Reading.within(raw, text, min, max);
  }

  private static int[] composed(String raw) {
    int[] narrow = raw.codePoints().map(DisplayText::plain).toArray();
    return Normalizer.normalize(string(narrow), Normalizer.Form.NFC).codePoints().toArray();
  }

  /** Without spaces and invisible characters at the ends. */
  static int[] trimmed(int[] points) {
    int from = 0;
    int to = points.length;
    while (from < to && (Glyphs.isSpace(points[from]) || Glyphs.isInvisible(points[from]))) {
      from++;
    }
    while (to > from
        && (Glyphs.isSpace(points[to - 1])
            || Glyphs.isInvisible(points[to - 1]) && !Glyphs.isPartOfEmoji(points, to - 1, to))) {
      to--;
    }
    return Arrays.copyOfRange(points, from, to);
  }

  private static int plain(int point) {
    boolean wide =
        point >= 0xFF10 && point <= 0xFF19
            || point >= 0xFF21 && point <= 0xFF3A
            || point >= 0xFF41 && point <= 0xFF5A;
    return wide ? point - FULL_WIDTH : point;
  }

  static String oneLine(int[] points) {
    StringBuilder line = new StringBuilder(points.length);
    boolean gap = false;
    for (int point : points) {
      boolean space = Glyphs.isSpace(point);
      if (!space) {
        line.appendCodePoint(point);
      } else if (!gap) {
        line.append(' ');
      }
      gap = space;
    }
    return line.toString();
  }

  private static String string(int[] points) {
    return new String(points, 0, points.length);
  }

  private static String paragraphs(int[] points) {
    return string(points)
        .lines()
        .map(line -> line.codePoints().map(p -> Glyphs.isSpace(p) ? ' ' : p))
        .map(
            line ->
                line.mapToObj(Character::toString).collect(Collectors.joining()).stripTrailing())
        .collect(Collectors.joining("\n"));
  }
}
