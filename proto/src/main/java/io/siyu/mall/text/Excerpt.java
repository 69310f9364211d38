package io.siyu.mall.text;

/** Bounds texts that are made from what somebody sent: the beginning, and a sign of the rest. */
public final class Excerpt {

  /** Enough to recognise a value by. */
  private static final int RECOGNISED = 40;

  private Excerpt() {}

  /** As much as it takes to recognise it. */
  public static String of(String text) {
    return of(text, RECOGNISED);
  }

  /** At most so many UTF-16 units, never half a character. */
  public static String of(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
    return text.substring(0, end) + "…";
  }
}
