package io.siyu.mall.catalog.product;

import java.util.List;
import java.util.stream.Collectors;

/** One property of a product or one specification of a SKU, for example 颜色 = 米白. */
public record NamedValue(String name, String value) {

  static final int MAX_NAME = 40;
  static final int MAX_VALUE = 500;

  public NamedValue {
    name = name.strip();
    value = value.strip();
  }

  /** Whether both sides have a length that can be kept. */
  public boolean fits() {
    return !name.isEmpty() && name.length() <= MAX_NAME && value.length() <= MAX_VALUE;
  }

  /** All of them in one line for people, for example 颜色：米白；尺码：90. */
  public static String text(List<NamedValue> values) {
    return values.stream().map(v -> v.name + "：" + v.value).collect(Collectors.joining("；"));
  }
}
