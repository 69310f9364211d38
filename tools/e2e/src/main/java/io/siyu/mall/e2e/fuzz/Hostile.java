package io.siyu.mall.e2e.fuzz;

import java.util.List;

/** Texts that have ended, fooled or slowed down software before, each for a reason of its own. */
final class Hostile {

  private static final int LONG = 5_000;

  /** Anywhere a text can stand. */
  static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "-1",
          "0",
          "9999999999999999999999",
          "1e309",
          "1E5000000",
          "NaN",
          "true",
          "' OR '1'='1",
          "\"; DROP TABLE orders; --",
          "%' OR 1=1 -- \\",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "javascript:alert(1)",
          "data:text/html,<b>x</b>",
          "https://user:pass@localhost/a?b=\"c\"",
          "https://[::1]:99999/",
          "//localhost/\\..\\",
          "../../../../etc/passwd",
          "..;/admin/v1/orders",
          "a;b=c",
          "a\r\nSet-Cookie: a=b",
          "${jndi:ldap://localhost/a}",
          "{{7*7}}",
          "%00",
          "\u0000",
          "\u0001\u001f\u007f\u0085",
          "\uD800",
          "\uDC00\uD800",
          "\uFFFE\uFFFF",
          "\u202Eabc",
          "\u2066a\u2069\u200F",
          "\u200B\u200C\u200D\u2060\uFEFF",
          "\u00A0 \u3000a\u2007\u202F",
          "\u00ADsoft\u00ADhyphen",
          "Ｋ－１２３",
          "K\u2010\u2011\u2012\u20131",
          "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
          "a" + "\u0300".repeat(600),
          "\uFDFA".repeat(300),
          "ßŉǰΐﬃİı",
          "🧸".repeat(40),
          "👨\u200D👩\u200D👧\u200D👦",
          "🇨🇳🏳\uFE0F\u200D🌈",
          "零".repeat(300),
          "a".repeat(LONG),
          " ".repeat(LONG),
          "2026-13-45T99:99:99Z",
          "-999999999-01-01T00:00:00Z",
          "+999999999-12-31T23:59:59.999999999Z",
          "P1000000000Y",
          "13800000000",
          "+86 138 0000 0000",
          "00000000-0000-0000-0000-000000000000",
          "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
          "not-a-uuid",
          "=1+1",
          "6.90123E+12",
          "[null]",
          "[]",
          "{}");

  /** What texts of an exact length are made of: one byte, three, four, none that is seen. */
  static final List<String> UNITS = List.of("a", "零", "🧸", " ", "\u200B", "\u0301", "Ａ");

  private Hostile() {}
}
