package io.siyu.mall.distributor.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A citizen's identity number (公民身份号码, GB 11643): region, date of birth, sequence, and a check
 * character by ISO 7064 MOD 11-2.
 */
public final class IdNumber {

  public static final String MUST = "must be a valid identity number of 18 characters";

  private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  private IdNumber() {}

  /** As it is stored and compared. */
  public static String normal(String text) {
    return text.strip().toUpperCase(Locale.ROOT);
  }

  /** Whether it can be somebody's. */
  public static boolean isValid(String text) {
    String number = normal(text);
    return FORM.matcher(number).matches() && hasDate(number) && hasCheck(number);
  }

  private static boolean hasDate(String number) {
    try {
      LocalDate.parse(number.substring(6, 14), DateTimeFormatter.BASIC_ISO_DATE);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean hasCheck(String number) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (number.charAt(i) - '0');
    }
    return CHECKS.charAt(sum % 11) == number.charAt(17);
  }
}
