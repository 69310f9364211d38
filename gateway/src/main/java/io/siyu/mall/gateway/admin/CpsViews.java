package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.Claim;
import io.siyu.mall.proto.cps.v1.CpsOrder;
import io.siyu.mall.proto.cps.v1.PlatformStatus;
import io.siyu.mall.proto.cps.v1.StreamStatus;
import io.siyu.mall.proto.cps.v1.Sync;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;

/** Outside platforms as staff see them. */
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

  /** How a run stands. */
  public enum CpsSyncState {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  /** How a claim stands. */
  public enum CpsClaimState {
    OPEN,
    ACCEPTED,
    REJECTED
  }

  /** A distributor's claim on an order that nobody is credited with. */
  public record AdminCpsClaim(
      String claimId,
      CpsPlatform platform,
      String orderNo,
      String distributorId,
      CpsClaimState state,
      @Nullable String note,
      @Nullable String decidedBy,
      @Nullable String reason,
      @Nullable Instant createdAt,
      @Nullable Instant decidedAt) {

    static AdminCpsClaim of(Claim claim) {
      return new AdminCpsClaim(
          claim.getClaimId(),
          Wire.read(CpsPlatform.class, claim.getPlatform()),
          claim.getOrderNo(),
          claim.getDistributorId(),
          Wire.read(CpsClaimState.class, claim.getState(), "CLAIM_"),
          Wire.text(claim.getNote()),
          Wire.text(claim.getDecidedBy()),
          Wire.text(claim.getReason()),
          Wire.instant(claim.hasCreatedAt(), claim.getCreatedAt()),
          Wire.instant(claim.hasDecidedAt(), claim.getDecidedAt()));
    }
  }

  /** A run to be started. */
  public record AdminCpsSyncRequest(@NotNull CpsPlatform platform) {}

  /**
   * One run over one platform.
   *
   * @param changed documents that changed an order
   */
  public record AdminCpsSync(
      String syncId,
      CpsPlatform platform,
      CpsSyncState state,
      String startedBy,
      long windows,
      long pages,
      long documents,
      long changed,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    static AdminCpsSync of(Sync sync) {
      return new AdminCpsSync(
          sync.getSyncId(),
          Wire.read(CpsPlatform.class, sync.getPlatform()),
          Wire.read(CpsSyncState.class, sync.getState(), "SYNC_"),
          sync.getStartedBy(),
          sync.getWindows(),
          sync.getPages(),
          sync.getDocuments(),
          sync.getChanged(),
          Wire.text(sync.getError()),
          Wire.instant(sync.hasStartedAt(), sync.getStartedAt()),
          Wire.instant(sync.hasEndedAt(), sync.getEndedAt()));
    }
  }

  /**
   * How far one kind of question has come.
   *
   * @param gap further behind than is tolerated: orders are being missed
   */
  public record AdminCpsStream(
      String stream, @Nullable Instant watermark, long lagSeconds, boolean gap) {

    static AdminCpsStream of(StreamStatus stream) {
      return new AdminCpsStream(
          stream.getStream(),
          Wire.instant(stream.hasWatermark(), stream.getWatermark()),
          stream.getLagSeconds(),
          stream.getGap());
    }
  }

  /** How a platform stands. */
  public record AdminCpsPlatform(
      CpsPlatform platform, boolean configured, List<AdminCpsStream> streams) {

    static AdminCpsPlatform of(PlatformStatus status) {
      return new AdminCpsPlatform(
          Wire.read(CpsPlatform.class, status.getPlatform()),
          status.getConfigured(),
          Wire.list(status.getStreamsList(), AdminCpsStream::of));
    }
  }

  /** All platforms. */
  public record AdminCpsPlatforms(List<AdminCpsPlatform> items) {}

  /**
   * An outside order.
   *
   * @param estimatedFen commission after platform fees, as expected
   * @param settledFen the same as settled; absent before
   * @param distributorId absent while nobody is credited, as what follows the upline
   * @param policyStep of the version's ladder
   * @param settledBeforeFen what the distributor had settled in the month before, by which the step
   *     was found; absent if the version has one step
   */
  public record AdminCpsOrder(
      String cpsOrderId,
      CpsPlatform platform,
      String orderNo,
      String subOrderNo,
      CpsOrderState state,
      String title,
      long paidFen,
      long estimatedFen,
      @Nullable Long settledFen,
      long clawedBackFen,
      boolean payable,
      @Nullable String distributorId,
      @Nullable String uplineId,
      @Nullable Long policyVersion,
      @Nullable Integer policyStep,
      @Nullable Long settledBeforeFen,
      @Nullable Instant paidAt,
      @Nullable Instant settledAt,
      @Nullable Instant payableFrom) {

    static AdminCpsOrder of(CpsOrder order) {
      return new AdminCpsOrder(
          order.getCpsOrderId(),
          Wire.read(CpsPlatform.class, order.getPlatform()),
          order.getOrderNo(),
          order.getSubOrderNo(),
          Wire.read(CpsOrderState.class, order.getState()),
          order.getTitle(),
          Fen.of(order.getPaid()),
          Fen.of(order.getEstimated()),
          order.hasSettled() ? Fen.of(order.getSettled()) : null,
          Fen.of(order.getClawedBack()),
          order.getPayable(),
          Wire.text(order.getDistributorId()),
          Wire.text(order.getUplineId()),
          order.getPolicyVersion() == 0 ? null : order.getPolicyVersion(),
          order.getPolicyStep() == 0 ? null : order.getPolicyStep(),
          order.hasSettledBefore() ? Fen.of(order.getSettledBefore()) : null,
          Wire.instant(order.hasPaidAt(), order.getPaidAt()),
          Wire.instant(order.hasSettledAt(), order.getSettledAt()),
          Wire.instant(order.hasPayableFrom(), order.getPayableFrom()));
    }
  }
}
