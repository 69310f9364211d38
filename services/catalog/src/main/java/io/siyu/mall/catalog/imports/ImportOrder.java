package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.text.Excerpt;
import java.nio.file.Path;
import java.util.UUID;

/**
 * What is to be imported, by whom and how.
 *
 * @param defaultBrandCode the brand of rows that name none; empty: they are refused
 * @param createBrands whether brands that nobody knows are made
 */
record ImportOrder(
    UUID importId,
    Path file,
    String fileName,
    String defaultBrandCode,
    boolean createBrands,
    Caller caller) {

  /** Longest reason in the price history and in the book of stock. */
  private static final int MAX_REASON = 200;

  /** Why prices and stock are as they are: this import. */
  String reason() {
    return Excerpt.of("import " + fileName, MAX_REASON);
  }
}
