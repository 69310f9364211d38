package io.siyu.mall.catalog.product;

import java.time.Instant;

/**
 * A price a SKU got.
 *
 * @param changedBy the staff member, as {@code Caller.key()}
 */
public record PriceChange(
    SkuId skuId, Prices prices, Instant effectiveFrom, String changedBy, String reason) {}
