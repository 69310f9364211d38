package io.siyu.mall.distributor.attribution;

import io.siyu.mall.distributor.attribution.AttributionQueries.Answer;
import io.siyu.mall.distributor.attribution.AttributionQueries.Line;
import io.siyu.mall.distributor.rule.RuleBook;
import io.siyu.mall.distributor.rule.RuleProto;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.common.v1.LineAttribution;
import io.siyu.mall.proto.distributor.v1.AttributeLine;
import io.siyu.mall.proto.distributor.v1.ResolveSellersResponse;
import io.siyu.mall.proto.distributor.v1.ResolvedSeller;
import java.util.List;
import java.util.UUID;

/** The frozen answer on the wire, and read back from there. */
public final class AttributionProto {

  private AttributionProto() {}

  /** One answer. */
  public static LineAttribution to(Answer answer) {
    Attribution a = answer.attribution();
    LineAttribution.Builder message =
        LineAttribution.newBuilder()
            .setLineKey(answer.key())
            .setReason(LineAttribution.Reason.valueOf(a.reason().name()))
            .setDistributorId(ProtoIds.to(a.distributorId()))
            .setUplineId(ProtoIds.to(a.uplineId()))
            .setTouchId(ProtoIds.to(a.touchId()))
            .setBindingId(ProtoIds.to(a.bindingId()))
            .setPolicyVersion(a.policyVersion())
            .setRuleId(ProtoIds.to(a.ruleId()))
            .setRuleVersion(a.ruleVersion())
            .setExplanation(a.explanation());
    if (a.channel() != null) {
      message.setChannel(io.siyu.mall.proto.common.v1.Channel.valueOf(a.channel().name()));
    }
    if (a.terms() != null) {
      message.setDirectTerms(RuleProto.terms(a.terms().direct()));
      message.setUplineTerms(RuleProto.terms(a.terms().upline()));
    }
    if (a.asked() != null) {
      message
          .setDecidedAt(ProtoTime.to(a.asked().at()))
          .setLaunchId(a.asked().launchId())
          .addAllCategoryIds(a.asked().categoryIds());
    }
    return message.build();
  }

  /**
   * The answer that an event carries.
   *
   * @throws DomainException INVALID_ARGUMENT when it cannot have come from here
   */
  public static Attribution from(LineAttribution message) {
    boolean ruled = !message.getRuleId().isEmpty();
    return new Attribution(
        switch (message.getReason()) {
          case TOUCH -> Reason.TOUCH;
          case BINDING -> Reason.BINDING;
          case SELF_PURCHASE -> Reason.SELF_PURCHASE;
          case NOBODY, REASON_UNSPECIFIED -> Reason.NOBODY;
          case UNRECOGNIZED -> throw DomainException.invalid("attribution.reason", "is unknown");
        },
        ProtoIds.fromOptional("attribution.distributor_id", message.getDistributorId()),
        ProtoIds.fromOptional("attribution.upline_id", message.getUplineId()),
        ProtoIds.fromOptional("attribution.touch_id", message.getTouchId()),
        channel("attribution.channel", message.getChannel()),
        ProtoIds.fromOptional("attribution.binding_id", message.getBindingId()),
        message.getPolicyVersion(),
        ProtoIds.fromOptional("attribution.rule_id", message.getRuleId()),
        message.getRuleVersion(),
        ruled
            ? new RuleTerms(
                RuleProto.terms("direct_terms", message.getDirectTerms()),
                RuleProto.terms("upline_terms", message.getUplineTerms()))
            : null,
        message.getExplanation(),
        message.hasDecidedAt()
            ? new Attribution.Asked(
                ProtoTime.from(message.getDecidedAt()),
                message.getLaunchId(),
                message.getCategoryIdsList())
            : null);
  }

  /** A channel; null for none. */
  public static Channel channel(String field, io.siyu.mall.proto.common.v1.Channel channel) {
    return switch (channel) {
      case CHANNEL_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid(field, "is unknown");
      default -> Channel.valueOf(channel.name());
    };
  }

  /** Who of the asked ones is credited, in their order. */
  public static ResolveSellersResponse to(List<UUID> ids, SellerQueries.Found found) {
    ResolveSellersResponse.Builder response =
        ResolveSellersResponse.newBuilder().setAsOf(ProtoTime.to(found.asOf()));
    ids.forEach(id -> response.addSellers(to(id, found.sellers().get(id))));
    return response.build();
  }

  /**
   * Whether, and as which seat, a distributor is credited.
   *
   * @param id who was asked for
   * @param seller null: there is none of the id
   */
  static ResolvedSeller to(UUID id, Seller seller) {
    return ResolvedSeller.newBuilder()
        .setDistributorId(ProtoIds.to(id))
        .setCredited(seller != null && seller.active())
        .setUplineId(ProtoIds.to(seller == null ? null : seller.creditedUpline()))
        .setSeatId(ProtoIds.to(seller == null ? null : seller.id()))
        .build();
  }

  /** A line to be attributed. */
  public static Line line(AttributeLine line) {
    return new Line(
        line.getLineKey(),
        new RuleBook.Goods(
            line.getSkuId(),
            line.getProductId(),
            line.getLaunchId(),
            line.getCategoryIdsList(),
            line.getBrandId(),
            line.getBrandCode()));
  }
}
