package io.siyu.mall.e2e;

import java.util.Set;

/** The brands of the sample catalogue that have staff of their own in the development realm. */
final class SampleStaff {
  private SampleStaff() {}

  static Set<String> brandCodes() {
    return Set.of("miaomiao", "ruanhe", "yunmian", "shichai", "xiaoman");
  }
}
