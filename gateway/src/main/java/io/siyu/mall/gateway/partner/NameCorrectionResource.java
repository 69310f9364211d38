package io.siyu.mall.gateway.partner;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.NameCorrection;
import io.siyu.mall.proto.distributor.v1.NameCorrections;
import io.siyu.mall.proto.distributor.v1.RequestNameCorrectionRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Correcting the real name that withdrawals are paid to. */
@Path(Partner.ROOT + "/name-corrections")
@RolesAllowed(Partner.MEMBER)
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
   * The name that is right; encrypted where it is stored, as is the identity number.
   *
   * @param reason why it differs
   */
  public record PartnerNameCorrectionRequest(
      @NotBlank @Text(TextType.REAL_NAME) String realName,
      @Text(TextType.ID_NUMBER) String idNumber,
      @NotBlank @Text(TextType.REASON) String reason) {}

  /** A correction, masked. */
  public record PartnerNameCorrection(
      String correctionId,
      NameCorrectionState state,
      String oldNameMasked,
      String newNameMasked,
      @Nullable String idNumberMasked,
      String reason,
      @Nullable Instant requestedAt,
      @Nullable String decisionReason,
      @Nullable Instant decidedAt) {

    static PartnerNameCorrection of(NameCorrection c) {
      return new PartnerNameCorrection(
          c.getCorrectionId(),
          Wire.read(NameCorrectionState.class, c.getState()),
          c.getOldNameMasked(),
          c.getNewNameMasked(),
          Wire.text(c.getIdNumberMasked()),
          c.getReason(),
          Wire.instant(c.hasRequestedAt(), c.getRequestedAt()),
          Wire.text(c.getDecisionReason()),
          Wire.instant(c.hasDecidedAt(), c.getDecidedAt()));
    }
  }

  @POST
  @ResponseStatus(201)
  @Operation(summary = "申请更正真实姓名", description = "微信支付以姓名不符（NAME_NOT_CORRECT）拒付时使用；审核通过后按新姓名打款。")
  public Uni<PartnerNameCorrection> requestNameCorrection(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull PartnerNameCorrectionRequest body) {
    return corrections
        .requestNameCorrection(
            RequestNameCorrectionRequest.newBuilder()
                .setRequestId(requestId)
                .setRealName(body.realName())
                .setIdNumber(Wire.orEmpty(body.idNumber()))
                .setReason(body.reason())
                .build())
        .map(PartnerNameCorrection::of);
  }

  @GET
  @Operation(summary = "我的姓名更正申请")
  public Uni<Page<PartnerNameCorrection>> listNameCorrections(@Valid @BeanParam PageQuery page) {
    return corrections
        .listNameCorrections(
            ListNameCorrectionsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getCorrectionsList(), PartnerNameCorrection::of, r.getNextPageToken()));
  }
}
