package io.siyu.mall.catalog.product;

import io.siyu.mall.text.TextType;
import java.util.List;
import java.util.stream.Collectors;

/** One property of a product or one specification of a SKU, for example 颜色 = 米白. */
public record NamedValue(String name, String value) {

  public NamedValue {
    name = TextType.ATTRIBUTE_NAME.normal(name);
    value = TextType.ATTRIBUTE_VALUE.normal(value);
  }

  /** Whether both sides can be kept and shown. */
  public boolean fits() {
    return TextType.ATTRIBUTE_NAME.required(name).ok()
        && TextType.ATTRIBUTE_VALUE.optional(value).ok();
  }

  /** All of them in one line for people, for example 颜色：米白；尺码：90. */
  public static String text(List<NamedValue> values) {
    return values.stream().map(v -> v.name + "：" + v.value).collect(Collectors.joining("；"));
  }
}
