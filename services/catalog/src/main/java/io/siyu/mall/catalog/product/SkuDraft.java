package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import java.util.List;

/**
 * A SKU about to be made.
 *
 * @param skuNo the brand's own number of it
 * @param specs for example 颜色 = 米白, 尺码 = 90; the order matters
 * @param initialStock pieces supplied at once
 * @param afterSaleDays days after receipt in which it can be returned; 0 becomes the default
 */
public record SkuDraft(
    String skuNo, List<NamedValue> specs, Prices prices, long initialStock, int afterSaleDays) {

  /** Days after receipt in which goods can be returned unless something else is said. */
  public static final int DEFAULT_AFTER_SALE_DAYS = 7;

  /** No SKU is supplied with more pieces at once. */
  public static final long MAX_STOCK = Bounds.STOCK;

  /** Longest number of a product or SKU. */
  public static final int MAX_NUMBER = TextType.SKU_NO.max();

  public SkuDraft {
    skuNo = TextType.SKU_NO.normal(skuNo);
    specs = List.copyOf(specs);
    afterSaleDays = afterSaleDays == 0 ? DEFAULT_AFTER_SALE_DAYS : afterSaleDays;
  }

  /** Reports every field that cannot be kept, under its name with the prefix. */
  public Validation validate(String prefix, Validation validation) {
    prices.validate(prefix, validation);
    return validation
        .required(TextType.SKU_NO, prefix + "sku_no", skuNo)
        .require(
            specs.size() <= Bounds.SPECS
                && specs.stream().allMatch(NamedValue::fits)
                && specs.stream().map(NamedValue::name).distinct().count() == specs.size(),
            prefix + "specs",
            "must be at most " + Bounds.SPECS + " with different names")
        .optional(TextType.SPEC_TEXT, prefix + "specs", NamedValue.text(specs))
        .range(prefix + "initial_stock", initialStock, 0, MAX_STOCK)
        .range(prefix + "after_sale_days", afterSaleDays, 1, Bounds.AFTER_SALE_DAYS);
  }
}
