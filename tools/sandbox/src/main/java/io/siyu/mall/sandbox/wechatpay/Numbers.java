package io.siyu.mall.sandbox.wechatpay;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The numbers, nonces and times as WeChat Pay writes them. */
final class Numbers {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final DateTimeFormatter COMPACT =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZONE);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZONE);
  private static final DateTimeFormatter RFC3339 =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx").withZone(ZONE);
  private static final String LETTERS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private Numbers() {}

  static String prepayId(Instant now) {
    return "wx" + COMPACT.format(now) + text(16, 20);
  }

  static String transactionId(Instant now) {
    return "420000" + text(10, 4) + DAY.format(now) + text(10, 10);
  }

  static String refundId(Instant now) {
    return "503" + text(10, 6) + DAY.format(now) + text(10, 12);
  }

  static String transferBillNo(Instant now) {
    return "13300" + text(10, 10) + DAY.format(now) + text(10, 17);
  }

  /** Letters and digits. */
  static String nonce(int length) {
    return text(LETTERS.length(), length);
  }

  /** As in {@code 2026-05-20T13:29:35+08:00}; null for null. */
  static String time(Instant instant) {
    return instant == null ? null : RFC3339.format(instant);
  }

  private static String text(int radix, int length) {
    StringBuilder text = new StringBuilder(length);
    RANDOM.ints(length, 0, radix).forEach(at -> text.append(LETTERS.charAt(at)));
    return text.toString();
  }
}
