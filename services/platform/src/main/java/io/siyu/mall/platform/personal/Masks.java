package io.siyu.mall.platform.personal;

/** How personal data looks wherever it is shown or logged. Null and empty become empty. */
public final class Masks {

  private static final String STARS = "****";

  private Masks() {}

  /** {@code 13812345678} → {@code 138****5678}. */
  public static String phone(String phone) {
    return middle(phone, 3, 4);
  }

  /** {@code 王小明} → {@code 王**}. */
  public static String name(String name) {
    if (name == null || name.isBlank()) {
      return "";
    }
    int first = name.codePointAt(0);
    int rest = name.codePointCount(0, name.length()) - 1;
    return Character.toString(first) + "*".repeat(Math.max(1, Math.min(rest, 3)));
  }

  /** {@code 310101199001011234} → {@code 310****1234}. */
  public static String idNumber(String idNumber) {
    return middle(idNumber, 3, 4);
  }

  /** Only the first six characters (province, city) stay. */
  public static String address(String address) {
    if (address == null || address.isBlank()) {
      return "";
    }
    return address.length() <= 6 ? STARS : address.substring(0, 6) + STARS;
  }

  private static String middle(String value, int head, int tail) {
    if (value == null || value.isBlank()) {
      return "";
    }
    if (value.length() < head + tail + 2) {
      return STARS;
    }
    return value.substring(0, head) + STARS + value.substring(value.length() - tail);
  }
}
