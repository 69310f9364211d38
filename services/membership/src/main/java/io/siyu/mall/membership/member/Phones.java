package io.siyu.mall.membership.member;

import java.util.regex.Pattern;

/** What a mainland mobile number looks like. */
public final class Phones {

  private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");

  private Phones() {}

  /** 11 digits, the second from 3 to 9; nothing else around. */
  public static boolean isMobile(String phone) {
    return phone != null && MOBILE.matcher(phone).matches();
  }
}
