package io.siyu.mall.order.order;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A trade as it is read. */
public record TradeView(
    UUID id,
    UUID memberId,
    TradeState state,
    Money payable,
    Instant placedAt,
    Instant expiresAt,
    Instant paidAt,
    List<OrderView> orders) {}
