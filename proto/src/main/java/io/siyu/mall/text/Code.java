package io.siyu.mall.text;

import java.text.Normalizer;

/**
 * The identity of what is typed from labels and copied from sheets: numbers of products and SKUs,
 * brand codes, invite codes, parcel numbers. Full width is half width, every dash is "-", nothing
 * invisible; letters, digits, and the printable ASCII that labels use. Capitals stay capitals:
 * whose codes have one case only says so himself.
 */
public final class Code {

  private static final String FORBIDDEN = "\"'<>\\`";

  private Code() {}

  /** The code in its normal form; empty when there is none and {@code min} is 0. */
  public static Reading read(String raw, int min, int max) {
    Reading far = Reading.farTooLong(raw, min, max);
    if (far != null) {
      return far;
    }
    int[] points =
        DisplayText.trimmed(
            Normalizer.normalize(raw, Normalizer.Form.NFKC)
                .codePoints()
                .map(point -> isDash(point) ? '-' : point)
                .toArray());
    for (int point : points) {
      if (Glyphs.isUnfit(point) || Glyphs.isInvisible(point) || Glyphs.isBreak(point)) {
        return Reading.unseen(raw, point);
      }
      if (!isAllowed(point)) {
        return Reading.refused(
            raw,
            "must not contain "
                + Character.toString(point)
                + ": letters, digits and marks like - only",
            "不能含有 " + Character.toString(point) + "，只能是字母、数字、汉字和 - 一类的符号");
      }
    }
    return Reading.within(raw, DisplayText.oneLine(points), min, max);
  }

  private static boolean isDash(int point) {
    return Character.getType(point) == Character.DASH_PUNCTUATION
        || point == 0x2212
        || point == 0x02D7
        || point == 0x2043;
  }

  private static boolean isAllowed(int point) {
    return point < 0x80
        ? FORBIDDEN.indexOf(point) < 0
        : Character.isLetterOrDigit(point)
            || Glyphs.isSpace(point)
            || Character.getType(point) == Character.NON_SPACING_MARK
            || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }
}
