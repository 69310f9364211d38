package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.ProductContent;
import io.siyu.mall.catalog.product.SkuDraft;

/**
 * One row of the file, read and checked by itself: one SKU and, repeated for each of its SKUs, its
 * product.
 *
 * @param line where it begins
 * @param brand code or name; empty when the row names none
 * @param categoryPath names joined by "/"
 * @param content without its category, which is not looked up yet
 * @param saysStock whether it names a stock
 * @param bytes how much it holds
 */
record ImportRow(
    long line,
    String productNo,
    String brand,
    String categoryPath,
    boolean onSale,
    ProductContent content,
    SkuDraft sku,
    boolean saysStock,
    int bytes) {}
