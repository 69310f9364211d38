package io.siyu.mall.catalog.imports;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The columns of a file. Each bounds its cells before anything looks into them: generously, so that
 * what is merely too long for the catalogue is said by the rule that it breaks.
 */
enum Column {
  PRODUCT_NO(true, 200),
  TITLE(true, 2_000),
  BRIEF(false, 4_000),
  BRAND(false, 400),
  CATEGORY(true, 1_000),
  KEYWORDS(false, 2_000),
  UNIT(false, 200),
  SKU_NO(true, 200),
  SPEC(false, 20_000),
  LIST_PRICE_YUAN(false, 40),
  PRICE_YUAN(true, 40),
  STOCK(false, 40),
  ON_SALE(false, 40),
  AFTER_SALE_DAYS(false, 40),
  COVER(false, 2_000),
  GALLERY(false, 60_000),
  ATTRIBUTES(false, 100_000),
  DETAIL_HTML(false, 1_000_000);

  private static final Map<String, Column> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Column::columnName, c -> c));

  private final boolean required;
  private final int maxCharacters;

  Column(boolean required, int maxCharacters) {
    this.required = required;
    this.maxCharacters = maxCharacters;
  }

  /** The column with this name in the header, or null. */
  static Column named(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** As in the header. */
  String columnName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a file must have it, and each row a value in it. */
  boolean required() {
    return required;
  }

  /** Longest cell, in UTF-16 units. */
  int maxCharacters() {
    return maxCharacters;
  }
}
