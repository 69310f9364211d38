package io.siyu.mall.catalog.imports;

import java.util.stream.Collectors;

/** What can be kept of the text in a cell. */
final class CellText {

  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int FULL_WIDTH_FIRST = 0xff01;
  private static final int FULL_WIDTH_LAST = 0xff5e;
  private static final int FULL_WIDTH_DISTANCE = 0xfee0;

  private CellText() {}

  /** Without white space around it, and without a mark that a spreadsheet left there. */
  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isEdge(text.charAt(from))) {
      from++;
    }
    while (from < to && isEdge(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /** Whether it is without control characters (but tabs and line ends) and halves of characters. */
  static boolean isPossible(String text) {
    return text.codePoints().allMatch(CellText::isPossible);
  }

  /** Full-width letters, digits and signs as the plain ones; nothing else changes. */
  static String halfWidth(String text) {
    return text.codePoints()
        .map(p -> p >= FULL_WIDTH_FIRST && p <= FULL_WIDTH_LAST ? p - FULL_WIDTH_DISTANCE : p)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static boolean isPossible(int point) {
    boolean control =
        Character.getType(point) == Character.CONTROL
            && point != '\t'
            && point != '\n'
            && point != '\r';
    boolean half = Character.getType(point) == Character.SURROGATE;
    boolean noCharacter = (point & 0xfffe) == 0xfffe;
    return !control && !half && !noCharacter;
  }

  private static boolean isEdge(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK;
  }
}
