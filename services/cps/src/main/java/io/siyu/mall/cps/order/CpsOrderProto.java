package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.outbox.OutgoingEvent;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.cps.v1.CpsAttribution;
import io.siyu.mall.proto.cps.v1.CpsOrderChanged;
import io.siyu.mall.proto.cps.v1.ListCpsOrdersResponse;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Outside orders on the wire. */
public final class CpsOrderProto {

  /** The aggregate's name in the outbox. */
  static final String AGGREGATE = "cps-order";

  private CpsOrderProto() {}

  /** The events of the orders that somebody is credited with. */
  static List<OutgoingEvent> events(Collection<CpsOrder> orders) {
    return orders.stream()
        .filter(order -> order.credit() != null)
        .map(order -> OutgoingEvent.of(AGGREGATE, order.id(), changed(order)))
        .toList();
  }

  static CpsOrderChanged changed(CpsOrder order) {
    Times times = order.times();
    CpsOrderChanged.Builder event =
        CpsOrderChanged.newBuilder()
            .setCpsOrderId(order.id().toString())
            .setRevision(order.revision())
            .setPlatform(platform(order.key().platform()))
            .setOrderNo(order.key().orderNo())
            .setSubOrderNo(order.key().subOrderNo())
            .setState(state(order.state()))
            .setTitle(order.goods().title())
            .setItemId(order.goods().itemId())
            .setQuantity(order.goods().quantity())
            .setAttribution(attribution(order))
            .setEstimated(ProtoMoney.to(order.figures().estimated()))
            .setClawedBackTotal(ProtoMoney.to(order.figures().takenBack()))
            .setPayable(order.payable());
    if (order.figures().settled() != null) {
      event.setSettled(ProtoMoney.to(order.figures().settled()));
    }
    if (times.paidAt() != null) {
      event.setPaidAt(ProtoTime.to(times.paidAt()));
    }
    if (times.receivedAt() != null) {
      event.setReceivedAt(ProtoTime.to(times.receivedAt()));
    }
    if (times.settledAt() != null) {
      event.setSettledAt(ProtoTime.to(times.settledAt()));
    }
    if (times.payableFrom() != null) {
      event.setPayableFrom(ProtoTime.to(times.payableFrom()));
    }
    return event.build();
  }

  private static CpsAttribution attribution(CpsOrder order) {
    Credit credit = order.credit();
    CpsAttribution.Builder attribution =
        CpsAttribution.newBuilder().setDecidedAt(ProtoTime.to(order.decidedAt()));
    if (credit.settledBefore() != null) {
      attribution.setSettledBefore(ProtoMoney.to(credit.settledBefore()));
    }
    return attribution
        .setPolicyStep(credit.policyStep())
        .setReason(CpsAttribution.Reason.valueOf(credit.reason().name()))
        .setDistributorId(credit.distributorId().toString())
        .setUplineId(credit.uplineId() == null ? "" : credit.uplineId().toString())
        .setSubAffiliateId(credit.subAffiliateId() == null ? "" : credit.subAffiliateId())
        .setPolicyVersion(credit.policyVersion())
        .setDirectBasisPoints(credit.directBasisPoints())
        .setUplineBasisPoints(credit.uplineBasisPoints())
        .build();
  }

  /**
   * A page of orders.
   *
   * @param viewer the distributor whose share is shown; null: the direct one's
   */
  static ListCpsOrdersResponse page(CpsOrderQueries.Page page, UUID viewer) {
    return ListCpsOrdersResponse.newBuilder()
        .addAllOrders(page.orders().stream().map(order -> view(order, viewer)).toList())
        .setNextPageToken(page.nextToken())
        .build();
  }

  private static io.siyu.mall.proto.cps.v1.CpsOrder view(CpsOrder order, UUID viewer) {
    Credit credit = order.credit();
    boolean asUpline = credit != null && viewer != null && viewer.equals(credit.uplineId());
    int share =
        credit == null ? 0 : asUpline ? credit.uplineBasisPoints() : credit.directBasisPoints();
    Times times = order.times();
    io.siyu.mall.proto.cps.v1.CpsOrder.Builder view =
        io.siyu.mall.proto.cps.v1.CpsOrder.newBuilder()
            .setCpsOrderId(order.id().toString())
            .setPlatform(platform(order.key().platform()))
            .setOrderNo(order.key().orderNo())
            .setSubOrderNo(order.key().subOrderNo())
            .setState(state(order.state()))
            .setTitle(order.goods().title())
            .setItemId(order.goods().itemId())
            .setQuantity(order.goods().quantity())
            .setPaid(ProtoMoney.to(order.figures().paid()))
            .setEstimated(ProtoMoney.to(order.figures().estimated()))
            .setClawedBack(ProtoMoney.to(order.figures().takenBack()))
            .setShare(ProtoMoney.to(order.share(share)))
            .setShareBasisPoints(share)
            .setPayable(order.payable())
            .setDistributorId(credit == null ? "" : ProtoIds.to(credit.distributorId()))
            .setUplineId(
                credit == null || credit.uplineId() == null ? "" : ProtoIds.to(credit.uplineId()));
    if (credit != null) {
      view.setPolicyVersion(credit.policyVersion()).setPolicyStep(credit.policyStep());
      // What the direct distributor earned is not for their upline.
      if (credit.settledBefore() != null && !asUpline) {
        view.setSettledBefore(ProtoMoney.to(credit.settledBefore()));
      }
    }
    if (order.figures().settled() != null) {
      view.setSettled(ProtoMoney.to(order.figures().settled()));
    }
    if (times.paidAt() != null) {
      view.setPaidAt(ProtoTime.to(times.paidAt()));
    }
    if (times.receivedAt() != null) {
      view.setReceivedAt(ProtoTime.to(times.receivedAt()));
    }
    if (times.settledAt() != null) {
      view.setSettledAt(ProtoTime.to(times.settledAt()));
    }
    if (times.payableFrom() != null) {
      view.setPayableFrom(ProtoTime.to(times.payableFrom()));
    }
    return view.build();
  }

  /** A platform on the wire. */
  public static io.siyu.mall.proto.cps.v1.Platform platform(Platform platform) {
    return io.siyu.mall.proto.cps.v1.Platform.valueOf(platform.name());
  }

  /** A platform from the wire; null for none. */
  public static Platform platform(io.siyu.mall.proto.cps.v1.Platform platform) {
    return switch (platform) {
      case PLATFORM_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("platform", "is not known");
      default -> Platform.valueOf(platform.name());
    };
  }

  static CpsOrderState state(io.siyu.mall.proto.cps.v1.CpsOrderState state) {
    return switch (state) {
      case CPS_ORDER_STATE_UNSPECIFIED -> null;
      case UNRECOGNIZED -> throw DomainException.invalid("state", "is not known");
      default -> CpsOrderState.valueOf(state.name());
    };
  }

  private static io.siyu.mall.proto.cps.v1.CpsOrderState state(CpsOrderState state) {
    return io.siyu.mall.proto.cps.v1.CpsOrderState.valueOf(state.name());
  }
}
