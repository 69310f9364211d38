package io.siyu.mall.catalog.product;

import io.siyu.mall.platform.error.Validation;
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
  public static final long MAX_STOCK = 100_000_000;

  /** Longest number of a product or SKU. */
  public static final int MAX_NUMBER = 64;

  static final int MAX_SPECS = 10;
  static final int MAX_SPEC_TEXT = 500;
  static final int MAX_AFTER_SALE_DAYS = 365;

  public SkuDraft {
    skuNo = skuNo.strip();
    specs = List.copyOf(specs);
    afterSaleDays = afterSaleDays == 0 ? DEFAULT_AFTER_SALE_DAYS : afterSaleDays;
  }

  /** Reports every field that cannot be kept, under its name with the prefix. */
  public Validation validate(String prefix, Validation validation) {
    prices.validate(prefix, validation);
    return validation
        .length(prefix + "sku_no", skuNo, 1, MAX_NUMBER)
        .require(
            specs.size() <= MAX_SPECS
                && specs.stream().allMatch(NamedValue::fits)
                && specs.stream().map(NamedValue::name).distinct().count() == specs.size()
                && NamedValue.text(specs).length() <= MAX_SPEC_TEXT,
            prefix + "specs",
            "must be at most " + MAX_SPECS + " with different names")
        .range(prefix + "initial_stock", initialStock, 0, MAX_STOCK)
        .range(prefix + "after_sale_days", afterSaleDays, 1, MAX_AFTER_SALE_DAYS);
  }
}
