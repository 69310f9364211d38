package io.siyu.mall.text;

/**
 * A text as it was read: its normal form, or why there is none.
 *
 * @param value the normal form; the text as it came when there is a problem
 * @param problem for the caller's developer, English, follows the field's name; null: none
 * @param sentence the same for people, Chinese; null: none
 */
public record Reading(String value, String problem, String sentence) {

  /** Nobody needs more white space around what counts. */
  private static final int MARGIN = 256;

  /** A composed character takes at most so many UTF-16 units before it is composed. */
  private static final int LARGEST = 4;

  static Reading right(String value) {
    return new Reading(value, null, null);
  }

  static Reading refused(String raw, String problem, String sentence) {
    return new Reading(raw, problem, sentence);
  }

  /** The value if its length fits, in code points as JSON Schema and the database count. */
  static Reading within(String raw, String value, int min, int max) {
    int length = value.codePointCount(0, value.length());
    return length >= min && length <= max ? right(value) : wrongLength(raw, length, min, max);
  }

  /**
   * A look at the length before any work: normalising costs time and memory by the input's length,
   * which is anybody's choice.
   *
   * @return null when the text can be looked at
   */
  static Reading farTooLong(String raw, int min, int max) {
    return raw.length() > farTooLong(max) ? wrongLength(raw, raw.length(), min, max) : null;
  }

  /** UTF-16 units beyond which no normal form can fit. */
  static long farTooLong(int max) {
    return (long) LARGEST * max + MARGIN;
  }

  private static Reading wrongLength(String raw, int length, int min, int max) {
    return refused(
        raw,
        "must have " + min + " to " + max + " characters, not " + length,
        "应为 " + min + " 至 " + max + " 个字符，现为 " + length + " 个");
  }

  /** A character that nobody sees. */
  static Reading unseen(String raw, int point) {
    String name = String.format("U+%04X", point);
    return refused(
        raw,
        "must not contain the invisible or control character " + name,
        "含有看不见的字符或控制字符（" + name + "），请删去后重新输入");
  }

  public boolean ok() {
    return problem == null;
  }
}
