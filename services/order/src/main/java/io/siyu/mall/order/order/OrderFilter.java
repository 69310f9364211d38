package io.siyu.mall.order.order;

import io.siyu.mall.platform.paging.PageTokens.PageKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which orders to list; null is any.
 *
 * @param memberIds of any of them; empty is any
 * @param placedFrom placed at or after
 * @param placedUntil placed before
 * @param productId has a line of it
 * @param receiverPhoneHash see {@link Receiver}
 * @param after the last entry of the page before, or null
 */
public record OrderFilter(
    OrderState state,
    String brandCode,
    List<UUID> memberIds,
    String orderNo,
    Instant placedFrom,
    Instant placedUntil,
    UUID productId,
    String receiverPhoneHash,
    PageKey after,
    int size) {}
