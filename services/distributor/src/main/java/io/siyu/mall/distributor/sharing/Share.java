package io.siyu.mall.distributor.sharing;

import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.platform.error.Validation;
import java.time.Instant;
import java.util.UUID;

/**
 * Something a distributor passes on. The same distributor, channel and target is the same share.
 *
 * @param targetId of the product, launch or chain; empty for the shop
 * @param distributorName as it is shown
 */
public record Share(
    String code,
    UUID distributorId,
    String distributorName,
    Channel channel,
    TargetType targetType,
    String targetId,
    Instant createdAt) {

  public Share {
    boolean shop = targetType == TargetType.SHOP;
    Validation.start()
        .require(
            shop ? targetId.isEmpty() : !targetId.isBlank() && targetId.length() <= 64,
            "target.id",
            shop ? "must be empty for the shop" : "must have 1 to 64 characters")
        .check();
  }

  /** The same share, its target as it is written where it comes from. */
  Share of(String otherTargetId) {
    return new Share(
        code, distributorId, distributorName, channel, targetType, otherTargetId, createdAt);
  }
}
