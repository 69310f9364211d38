package io.siyu.mall.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mobile number of the mainland as people write it. Its normal form is the 11 digits. */
final class MobileNumber {

  private static final Pattern NUMBER = Pattern.compile("(?:\\+86|0086|86)?(1[3-9][0-9]{9})");

  private MobileNumber() {}

  static Reading read(String raw, int min, int max) {
    Reading code = Code.read(raw, min, max);
    if (!code.ok() || code.value().isEmpty()) {
      return code;
    }
    Matcher number = NUMBER.matcher(code.value().replaceAll("[ -]", ""));
    return number.matches()
        ? Reading.right(number.group(1))
        : Reading.refused(
            raw, "must be a mainland mobile number of 11 digits", "应为 11 位的大陆手机号，可带 +86");
  }
}
