package io.siyu.mall.gateway.partner;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.Link;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** Outside platforms as a distributor sees them. */
final class CpsViews {

  private CpsViews() {}

  /** Outside platforms. */
  public enum CpsPlatform {
    TAOBAO,
    JD,
    PDD,
    VIP
  }

  /** What has become of an outside order. */
  public enum CpsOrderState {
    PAID,
    RECEIVED,
    INVALID,
    SETTLED,
    CLAWED_BACK
  }

  /**
   * A link to be made: of an address or an item.
   *
   * @param platform told by the address if it is left out
   * @param authorization the distributor's own at the platform, where it wants one
   */
  public record PartnerCpsLinkRequest(
      CpsPlatform platform,
      @Text(TextType.OUTSIDE_URL) String url,
      @Text(TextType.OUTSIDE_ITEM) String itemId,
      @Text(TextType.AUTHORIZATION) String authorization) {

    @JsonIgnore
    @AssertTrue(message = "url 与 itemId 须填写其一")
    public boolean isOneThing() {
      return (url == null || url.isEmpty()) != (itemId == null || itemId.isEmpty());
    }
  }

  /**
   * A link to be shared.
   *
   * @param subAffiliateId the distributor's id at the platform, which comes back with the order
   */
  public record PartnerCpsLink(
      String linkId,
      CpsPlatform platform,
      @Nullable String itemId,
      String url,
      @Nullable String shortUrl,
      String subAffiliateId,
      @Nullable Instant createdAt) {

    static PartnerCpsLink of(Link link) {
      return new PartnerCpsLink(
          link.getLinkId(),
          Wire.read(CpsPlatform.class, link.getPlatform()),
          Wire.text(link.getItemId()),
          link.getUrl(),
          Wire.text(link.getShortUrl()),
          link.getSubAffiliateId(),
          Wire.instant(link.hasCreatedAt(), link.getCreatedAt()));
    }
  }

  /** How a claim stands. */
  public enum CpsClaimState {
    OPEN,
    ACCEPTED,
    REJECTED
  }

  /** A claim on an order that came back without the distributor's id. */
  public record PartnerCpsClaimRequest(
      @NotNull CpsPlatform platform,
      @NotBlank @Text(TextType.ORDER_NO) String orderNo,
      @Text(TextType.NOTE) String note) {}

  /** A claim, and what staff decided. */
  public record PartnerCpsClaim(
      String claimId,
      CpsPlatform platform,
      String orderNo,
      CpsClaimState state,
      @Nullable String note,
      @Nullable String reason,
      @Nullable Instant createdAt,
      @Nullable Instant decidedAt) {

    static PartnerCpsClaim of(Claim claim) {
      return new PartnerCpsClaim(
          claim.getClaimId(),
          Wire.read(CpsPlatform.class, claim.getPlatform()),
          claim.getOrderNo(),
          Wire.read(CpsClaimState.class, claim.getState(), "CLAIM_"),
          Wire.text(claim.getNote()),
          Wire.text(claim.getReason()),
          Wire.instant(claim.hasCreatedAt(), claim.getCreatedAt()),
          Wire.instant(claim.hasDecidedAt(), claim.getDecidedAt()));
    }
  }

  /**
   * An outside order that the distributor earns on.
   *
   * @param shareFen the distributor's share as it stands, after what was taken back; estimated
   *     until the order is settled
   * @param shareBasisPoints the distributor's part of the commission
   * @param policyStep of the ladder of the version that the share is by
   * @param settledBeforeFen what the distributor had settled in the month before, by which the step
   *     was found; absent if the version has one step, or for an upline
   * @param payable the platform has paid, so the share can be withdrawn
   */
  public record PartnerCpsOrder(
      String cpsOrderId,
      CpsPlatform platform,
      String orderNo,
      String subOrderNo,
      CpsOrderState state,
      String title,
      long quantity,
      long paidFen,
      long shareFen,
      int shareBasisPoints,
      @Nullable Long policyVersion,
      @Nullable Integer policyStep,
      @Nullable Long settledBeforeFen,
      boolean payable,
      @Nullable Instant paidAt,
      @Nullable Instant receivedAt,
      @Nullable Instant settledAt,
      @Nullable Instant payableFrom) {

    static PartnerCpsOrder of(CpsOrder order) {
      return new PartnerCpsOrder(
          order.getCpsOrderId(),
          Wire.read(CpsPlatform.class, order.getPlatform()),
          order.getOrderNo(),
          order.getSubOrderNo(),
          Wire.read(CpsOrderState.class, order.getState()),
          order.getTitle(),
          order.getQuantity(),
          Fen.of(order.getPaid()),
          Fen.of(order.getShare()),
          order.getShareBasisPoints(),
          order.getPolicyVersion() == 0 ? null : order.getPolicyVersion(),
          order.getPolicyStep() == 0 ? null : order.getPolicyStep(),
          order.hasSettledBefore() ? Fen.of(order.getSettledBefore()) : null,
          order.getPayable(),
          Wire.instant(order.hasPaidAt(), order.getPaidAt()),
          Wire.instant(order.hasReceivedAt(), order.getReceivedAt()),
          Wire.instant(order.hasSettledAt(), order.getSettledAt()),
          Wire.instant(order.hasPayableFrom(), order.getPayableFrom()));
    }
  }
}
