package io.siyu.mall.order.order;

import io.siyu.mall.platform.paging.PageTokens.PageKey;
import java.util.UUID;

/**
 * Which orders to list; null is any.
 *
 * @param after the last entry of the page before, or null
 */
public record OrderFilter(
    OrderState state, String brandCode, UUID memberId, String orderNo, PageKey after, int size) {}
