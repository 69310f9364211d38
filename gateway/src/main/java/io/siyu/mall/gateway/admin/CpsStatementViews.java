package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.admin.CpsViews.CpsPlatform;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.cps.v1.Statement;
import io.siyu.mall.proto.cps.v1.StatementDifference;
import io.siyu.mall.proto.cps.v1.StatementSide;
import io.siyu.mall.text.TextType;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;

/** Monthly statements of outside platforms. */
final class CpsStatementViews {

  private CpsStatementViews() {}

  /** How a statement stands. */
  public enum CpsStatementState {
    QUEUED,
    RUNNING,
    DONE,
    FAILED
  }

  /** What a difference is about. */
  public enum CpsDifferenceKind {
    ORDER,
    CLAWBACK
  }

  /** How ours and theirs do not agree. */
  public enum CpsDifferenceReason {
    MISSING_AT_OURS,
    MISSING_AT_THEIRS,
    AMOUNT_DIFFERS
  }

  /**
   * A month to be compared.
   *
   * @param month by the time of settling, as 2026-11
   */
  public record AdminCpsStatementRequest(
      @NotNull CpsPlatform platform, @NotBlank @Text(TextType.MONTH) String month) {}

  /**
   * One side.
   *
   * @param settledFen commission after fees
   */
  public record AdminCpsStatementSide(
      long orders, long settledFen, long feesFen, long clawbacks, long clawedBackFen) {

    static AdminCpsStatementSide of(StatementSide side) {
      return new AdminCpsStatementSide(
          side.getOrders(),
          Fen.of(side.getSettled()),
          Fen.of(side.getFees()),
          side.getClawbacks(),
          Fen.of(side.getClawedBack()));
    }
  }

  /** Ours against theirs, as of the last time they were compared. */
  public record AdminCpsStatement(
      String statementId,
      CpsPlatform platform,
      String month,
      CpsStatementState state,
      AdminCpsStatementSide ours,
      AdminCpsStatementSide theirs,
      long differences,
      String startedBy,
      @Nullable String error,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {

    static AdminCpsStatement of(Statement statement) {
      return new AdminCpsStatement(
          statement.getStatementId(),
          Wire.read(CpsPlatform.class, statement.getPlatform()),
          statement.getMonth(),
          Wire.read(CpsStatementState.class, statement.getState(), "STATEMENT_"),
          AdminCpsStatementSide.of(statement.getOurs()),
          AdminCpsStatementSide.of(statement.getTheirs()),
          statement.getDifferences(),
          statement.getStartedBy(),
          Wire.text(statement.getError()),
          Wire.instant(statement.hasStartedAt(), statement.getStartedAt()),
          Wire.instant(statement.hasEndedAt(), statement.getEndedAt()));
    }
  }

  /**
   * Where they do not agree.
   *
   * @param refundNo of a claw-back
   * @param oursFen absent where it is missing, as with the others
   */
  public record AdminCpsStatementDifference(
      CpsDifferenceKind kind,
      CpsDifferenceReason reason,
      @Nullable String orderNo,
      @Nullable String subOrderNo,
      @Nullable String refundNo,
      @Nullable Long oursFen,
      @Nullable Long theirsFen,
      @Nullable Long oursFeeFen,
      @Nullable Long theirsFeeFen) {

    static AdminCpsStatementDifference of(StatementDifference one) {
      return new AdminCpsStatementDifference(
          Wire.read(CpsDifferenceKind.class, one.getKind()),
          Wire.read(CpsDifferenceReason.class, one.getReason()),
          Wire.text(one.getOrderNo()),
          Wire.text(one.getSubOrderNo()),
          Wire.text(one.getRefundNo()),
          one.hasOurs() ? Fen.of(one.getOurs()) : null,
          one.hasTheirs() ? Fen.of(one.getTheirs()) : null,
          one.hasOursFee() ? Fen.of(one.getOursFee()) : null,
          one.hasTheirsFee() ? Fen.of(one.getTheirsFee()) : null);
    }
  }
}
