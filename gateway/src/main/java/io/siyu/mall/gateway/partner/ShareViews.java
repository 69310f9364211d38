package io.siyu.mall.gateway.partner;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.Product;
import io.siyu.mall.proto.distributor.v1.Share;
import io.siyu.mall.proto.distributor.v1.ShareStats;
import io.siyu.mall.proto.distributor.v1.ShareTarget;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** What a distributor shares. */
final class ShareViews {

  private ShareViews() {}

  /** How a share reaches people. */
  public enum ShareChannel {
    LINK,
    POSTER,
    CARD,
    GROUP,
    LIVE
  }

  /** What a share points at. */
  public enum ShareTargetType {
    PRODUCT,
    SHOP,
    LAUNCH,
    CHAIN
  }

  /** A target to be shared; no id for the distributor's shop. */
  public record PartnerShareTargetRequest(
      @NotNull ShareTargetType type, @Text(TextType.ID) String id) {

    ShareTarget target() {
      return ShareTarget.newBuilder()
          .setType(Wire.write(ShareTarget.Type.class, type))
          .setId(Wire.orEmpty(id))
          .build();
    }
  }

  /** Making a share. */
  public record PartnerShareRequest(
      @NotNull ShareChannel channel, @Valid @NotNull PartnerShareTargetRequest target) {}

  /** The target of a share. */
  public record PartnerShareTarget(ShareTargetType type, @Nullable String id) {}

  /**
   * A share.
   *
   * @param url what is sent around; leads to the H5 page
   * @param scene goes into a mini-program code
   */
  public record PartnerShare(
      String shareCode,
      String url,
      String scene,
      ShareChannel channel,
      PartnerShareTarget target,
      @Nullable Instant createdAt) {

    static PartnerShare of(Share share, String publicUrl) {
      return new PartnerShare(
          share.getShareCode(),
          publicUrl + "/s/" + share.getShareCode(),
          share.getShareCode(),
          Wire.read(ShareChannel.class, share.getChannel()),
          new PartnerShareTarget(
              Wire.read(ShareTargetType.class, share.getTarget().getType()),
              Wire.text(share.getTarget().getId())),
          Wire.instant(share.hasCreatedAt(), share.getCreatedAt()));
    }
  }

  /** What became of a share. */
  public record PartnerShareStats(String shareCode, long openings, long visitors, long orders) {

    static PartnerShareStats of(ShareStats stats) {
      return new PartnerShareStats(
          stats.getShareCode(), stats.getOpenings(), stats.getVisitors(), stats.getOrders());
    }
  }

  /** A product that can be shared. */
  public record PartnerGoods(
      String productId,
      String brandId,
      String brandName,
      String title,
      @Nullable String brief,
      @Nullable String coverUrl,
      long priceFromFen) {

    static PartnerGoods of(Product product) {
      return new PartnerGoods(
          product.getProductId(),
          product.getBrandId(),
          product.getBrandName(),
          product.getTitle(),
          Wire.text(product.getBrief()),
          Wire.text(product.getCoverUrl()),
          Fen.of(product.getPriceFrom()));
    }
  }
}
