package io.siyu.mall.catalog.imports;

/**
 * Why a row was refused.
 *
 * @param line where the row begins; the header is line 1
 * @param column the column's name; empty when the row as a whole is wrong
 * @param reason UPPER_SNAKE
 * @param message a sentence for whoever keeps the file, Chinese
 */
public record RowError(long line, String column, String reason, String message) {

  public static final String MISSING_VALUE = "MISSING_VALUE";
  public static final String INVALID_VALUE = "INVALID_VALUE";
  public static final String WRONG_NUMBER_OF_COLUMNS = "WRONG_NUMBER_OF_COLUMNS";
  public static final String BAD_PRICE = "BAD_PRICE";
  public static final String PRICE_ABOVE_LIST = "PRICE_ABOVE_LIST";
  public static final String BAD_NUMBER = "BAD_NUMBER";
  public static final String BAD_JSON = "BAD_JSON";
  public static final String DUPLICATE_SKU = "DUPLICATE_SKU";
  public static final String DUPLICATE_SPEC = "DUPLICATE_SPEC";
  public static final String SKU_OF_OTHER_PRODUCT = "SKU_OF_OTHER_PRODUCT";
  public static final String PRODUCT_ROWS_DIFFER = "PRODUCT_ROWS_DIFFER";
  public static final String BRAND_MISSING = "BRAND_MISSING";
  public static final String BRAND_UNKNOWN = "BRAND_UNKNOWN";
  public static final String BRAND_NOT_YOURS = "BRAND_NOT_YOURS";
  public static final String CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN";
}
