package io.siyu.mall.text;

/**
 * Which code points can be seen, by the general categories of Unicode and, where those do not say,
 * by its lists Default_Ignorable_Code_Point and Extended_Pictographic.
 */
final class Glyphs {

  static final int JOINER = 0x200D;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;
  private static final int BLACK_FLAG = 0x1F3F4;

  private Glyphs() {}

  /** Every kind of space, tab and line break; none of them is told from another by looking. */
  static boolean isSpace(int point) {
    return point >= '\t' && point <= '\r'
        || point == 0x85
        || switch (Character.getType(point)) {
          case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
  }

  /** Ends a line; what is inside one is not one line. */
  static boolean isBreak(int point) {
    return point >= '\n' && point <= '\r' || point == 0x85 || point == 0x2028 || point == 0x2029;
  }

  /** A control that is no space, half a surrogate pair, or no character at all. */
  static boolean isUnfit(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> !isSpace(point);
      case Character.SURROGATE -> true;
      default -> (point & 0xFFFE) == 0xFFFE || point >= 0xFDD0 && point <= 0xFDEF;
    };
  }

  /** Takes no room, or steers the direction of what follows. */
  static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT
        || point == 0x034F
        || point >= 0x115F && point <= 0x1160
        || point >= 0x17B4 && point <= 0x17B5
        || point >= 0x180B && point <= 0x180F
        || point >= 0x2060 && point <= 0x206F
        || point == 0x2800
        || point == 0x3164
        || point >= 0xFE00 && point <= 0xFE0F
        || point == 0xFFA0
        || point >= 0xFFF0 && point <= 0xFFFC
        || point >= 0x1BCA0 && point <= 0x1BCA3
        || point >= 0x1D173 && point <= 0x1D17A
        || point >= 0xE0000 && point <= 0xE0FFF;
  }

  /** Whether the invisible code point at {@code i}, before {@code end}, is a part of an emoji. */
  static boolean isPartOfEmoji(int[] points, int i, int end) {
    int before = i == 0 ? 0 : points[i - 1];
    int after = i + 1 == end ? 0 : points[i + 1];
    return switch (points[i]) {
      case JOINER ->
          (isPicture(before) || before == EMOJI_STYLE || isTag(before)) && isPicture(after);
      case EMOJI_STYLE -> isPicture(before) || after == KEYCAP && isKey(before);
      case TEXT_STYLE -> isPicture(before);
      default -> isTag(points[i]) && isInFlag(points, i, end);
    };
  }

  /** Flags of regions such as Scotland are a black flag and the region's letters as tags. */
  private static boolean isInFlag(int[] points, int i, int end) {
    int first = i;
    while (first > 0 && isTag(points[first])) {
      first--;
    }
    int last = i;
    while (last + 1 < end && isTag(points[last + 1])) {
      last++;
    }
    return points[first] == BLACK_FLAG && points[last] == 0xE007F && last - first <= 7;
  }

  private static boolean isTag(int point) {
    return point >= 0xE0020 && point <= 0xE007F;
  }

  private static boolean isKey(int point) {
    return point >= '0' && point <= '9' || point == '#' || point == '*';
  }

  private static boolean isPicture(int point) {
    return point >= 0x1F000 && point <= 0x1FAFF
        || point >= 0x2190 && point <= 0x21FF
        || point >= 0x2300 && point <= 0x23FF
        || point >= 0x24C2 && point <= 0x27BF
        || point >= 0x2900 && point <= 0x297F
        || point >= 0x2B00 && point <= 0x2BFF
        || switch (point) {
          case 0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x3030, 0x303D, 0x3297, 0x3299 -> true;
          default -> false;
        };
  }
}
