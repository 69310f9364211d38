package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ApproveNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.CorrectionNames;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.NameCorrection;
import io.siyu.mall.proto.distributor.v1.NameCorrections;
import io.siyu.mall.proto.distributor.v1.NamesRead;
import io.siyu.mall.proto.distributor.v1.ReadNamesRequest;
import io.siyu.mall.proto.distributor.v1.RejectNameCorrectionRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Real names that distributors want corrected, decided by finance. */
@Path(Admin.ROOT + "/name-corrections")
@Tag(name = "姓名更正 Name corrections")
public class NameCorrectionResource {

  @GrpcClient("distributor")
  NameCorrections corrections;

  /** Where it stands. */
  public enum NameCorrectionState {
    REQUESTED,
    APPROVED,
    REJECTED
  }

  /**
   * A correction, masked.
   *
   * @param reason why, by the distributor
   * @param namesRead who has read both names whole, in that order
   */
  public record AdminNameCorrection(
      String correctionId,
      String memberId,
      String distributorId,
      NameCorrectionState state,
      String oldNameMasked,
      String newNameMasked,
      @Nullable String idNumberMasked,
      String reason,
      @Nullable Instant requestedAt,
      @Nullable String decidedBy,
      @Nullable String decisionReason,
      @Nullable Instant decidedAt,
      List<AdminNamesRead> namesRead) {

    static AdminNameCorrection of(NameCorrection c) {
      return new AdminNameCorrection(
          c.getCorrectionId(),
          c.getMemberId(),
          c.getDistributorId(),
          Wire.read(NameCorrectionState.class, c.getState()),
          c.getOldNameMasked(),
          c.getNewNameMasked(),
          Wire.text(c.getIdNumberMasked()),
          c.getReason(),
          Wire.instant(c.hasRequestedAt(), c.getRequestedAt()),
          Wire.text(c.getDecidedBy()),
          Wire.text(c.getDecisionReason()),
          Wire.instant(c.hasDecidedAt(), c.getDecidedAt()),
          c.getNamesReadList().stream().map(AdminNamesRead::of).toList());
    }
  }

  /** Somebody of the staff who read both names whole. */
  public record AdminNamesRead(String readBy, Instant readAt) {

    static AdminNamesRead of(NamesRead read) {
      return new AdminNamesRead(read.getReadBy(), Wire.instant(true, read.getReadAt()));
    }
  }

  /** Both names whole, to compare them. */
  public record AdminCorrectionNames(String correctionId, String oldName, String newName) {

    static AdminCorrectionNames of(CorrectionNames names) {
      return new AdminCorrectionNames(
          names.getCorrectionId(), names.getOldName(), names.getNewName());
    }
  }

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE, Admin.AUDITOR})
  @Operation(summary = "姓名更正申请列表")
  public Uni<Page<AdminNameCorrection>> listNameCorrections(
      @QueryParam("state") NameCorrectionState state, @Valid @BeanParam PageQuery page) {
    return corrections
        .listNameCorrections(
            ListNameCorrectionsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(Wire.write(NameCorrection.State.class, state))
                .build())
        .map(r -> Page.of(r.getCorrectionsList(), AdminNameCorrection::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{correctionId}/names")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "查看更正前后的完整姓名", description = "仅限待审核的申请；每次查看都会留下记录（namesRead）。")
  public Uni<RestResponse<AdminCorrectionNames>> readNames(String correctionId) {
    return corrections
        .readNames(ReadNamesRequest.newBuilder().setCorrectionId(correctionId).build())
        .map(
            names ->
                RestResponse.ResponseBuilder.ok(AdminCorrectionNames.of(names))
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .build());
  }

  @POST
  @Path("/{correctionId}/approve")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "同意更正", description = "此后按新姓名打款。打款中的提现重试后使用新姓名；已失败的，由分销员重新申请。")
  public Uni<AdminNameCorrection> approveNameCorrection(
      String correctionId, @HeaderParam(IdempotencyKeys.HEADER) String requestId) {
    return corrections
        .approveNameCorrection(
            ApproveNameCorrectionRequest.newBuilder()
                .setRequestId(requestId)
                .setCorrectionId(correctionId)
                .build())
        .map(AdminNameCorrection::of);
  }

  @POST
  @Path("/{correctionId}/reject")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.FINANCE})
  @Operation(summary = "驳回更正")
  public Uni<AdminNameCorrection> rejectNameCorrection(
      String correctionId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return corrections
        .rejectNameCorrection(
            RejectNameCorrectionRequest.newBuilder()
                .setRequestId(requestId)
                .setCorrectionId(correctionId)
                .setReason(body.reason())
                .build())
        .map(AdminNameCorrection::of);
  }
}
