package io.siyu.mall.catalog.imports;

import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.Excerpt;

/**
 * Why a row was refused, or which of its changes was not made though it was taken.
 *
 * @param line where the row begins; the header is line 1
 * @param column the column's name; empty when the row as a whole is wrong
 * @param reason UPPER_SNAKE
 * @param message a sentence for whoever keeps the file, Chinese; cut where it is too long to keep
 * @param taken whether the row was taken all the same
 */
public record RowError(long line, String column, String reason, String message, boolean taken) {

  public static final String MISSING_VALUE = "MISSING_VALUE";
  public static final String INVALID_VALUE = "INVALID_VALUE";
  public static final String VALUE_TOO_LONG = "VALUE_TOO_LONG";
  public static final String WRONG_NUMBER_OF_COLUMNS = "WRONG_NUMBER_OF_COLUMNS";
  public static final String BAD_QUOTES = "BAD_QUOTES";
  public static final String BAD_ENCODING = "BAD_ENCODING";
  public static final String BAD_CHARACTER = "BAD_CHARACTER";
  public static final String BAD_PRICE = "BAD_PRICE";
  public static final String PRICE_ABOVE_LIST = "PRICE_ABOVE_LIST";
  public static final String BAD_NUMBER = "BAD_NUMBER";
  public static final String BAD_JSON = "BAD_JSON";
  public static final String SCIENTIFIC_NUMBER = "SCIENTIFIC_NUMBER";
  public static final String DUPLICATE_SKU = "DUPLICATE_SKU";
  public static final String DUPLICATE_SPEC = "DUPLICATE_SPEC";
  public static final String SKU_OF_OTHER_PRODUCT = "SKU_OF_OTHER_PRODUCT";
  public static final String TOO_MANY_SKUS = "TOO_MANY_SKUS";
  public static final String PRODUCT_ROWS_DIFFER = "PRODUCT_ROWS_DIFFER";
  public static final String BRAND_MISSING = "BRAND_MISSING";
  public static final String BRAND_UNKNOWN = "BRAND_UNKNOWN";
  public static final String BRAND_NOT_YOURS = "BRAND_NOT_YOURS";
  public static final String CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN";

  /** The row was taken; the stock of a known SKU is changed by adjustments only. */
  public static final String STOCK_NOT_CHANGED = "STOCK_NOT_CHANGED";

  /** Nothing that anybody foresaw; the message has the id under which it was logged. */
  public static final String UNFORESEEN = "UNFORESEEN";

  static final String PRICE_ABOVE_LIST_SAID = "划线价不能低于售价。";
  static final String BAD_CHARACTER_SAID = "含有不可见的控制字符，请删除后重试。";

  /** The column's length. */
  static final int MAX_MESSAGE = 500;

  public RowError {
    message = Excerpt.of(message, MAX_MESSAGE);
  }

  /** The row was refused. */
  RowError(long line, String column, String reason, String message) {
    this(line, column, reason, message, false);
  }

  /** A product has as many SKUs as it can have. */
  static RowError tooManySkus(long line) {
    return new RowError(
        line, Column.SKU_NO.columnName(), TOO_MANY_SKUS, "一个商品最多 " + Bounds.SKUS + " 个 SKU。");
  }
}
