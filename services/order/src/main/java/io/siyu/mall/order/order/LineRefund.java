package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import java.util.UUID;

/**
 * A refund of a line that the provider has paid.
 *
 * @param unshipped units of it that had not shipped and now never will
 * @param restocked units of it that can be sold again
 */
public record LineRefund(
    UUID refundId,
    UUID caseId,
    UUID lineId,
    long units,
    Money amount,
    long unshipped,
    long restocked) {}
