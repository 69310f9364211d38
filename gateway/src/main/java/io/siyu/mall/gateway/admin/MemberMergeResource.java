package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.ConfirmMergeRequestRequest;
import io.siyu.mall.proto.membership.v1.ListMergeRequestsRequest;
import io.siyu.mall.proto.membership.v1.MergeRequest;
import io.siyu.mall.proto.membership.v1.Merges;
import io.siyu.mall.proto.membership.v1.RejectMergeRequestRequest;
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
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Two members with one phone who both have history: staff say whether they are one person. */
@Path(Admin.ROOT + "/member-merges")
@Tag(name = "会员合并 Member merges")
public class MemberMergeResource {

  @GrpcClient("membership")
  Merges merges;

  /** Where it stands. */
  public enum MemberMergeState {
    REQUESTED,
    CONFIRMED,
    REJECTED
  }

  /**
   * Who goes on as the other.
   *
   * @param survivorMemberId one of the two
   */
  public record AdminMemberMergeRequest(
      @NotBlank @Text(TextType.ID) String survivorMemberId,
      @NotBlank @Text(TextType.REASON) String reason) {}

  /**
   * A question to staff.
   *
   * @param requesterMemberId who proved to have the phone
   * @param holderMemberId whose it was
   * @param survivorMemberId who goes on, once confirmed
   */
  public record AdminMemberMerge(
      String mergeRequestId,
      MemberMergeState state,
      String requesterMemberId,
      String holderMemberId,
      String phoneMasked,
      @Nullable Instant requestedAt,
      @Nullable String survivorMemberId,
      @Nullable String decidedBy,
      @Nullable String decisionReason,
      @Nullable Instant decidedAt) {

    static AdminMemberMerge of(MergeRequest m) {
      return new AdminMemberMerge(
          m.getMergeRequestId(),
          Wire.read(MemberMergeState.class, m.getState()),
          m.getRequesterMemberId(),
          m.getHolderMemberId(),
          m.getPhoneMasked(),
          Wire.instant(m.hasRequestedAt(), m.getRequestedAt()),
          Wire.text(m.getSurvivorMemberId()),
          Wire.text(m.getDecidedBy()),
          Wire.text(m.getDecisionReason()),
          Wire.instant(m.hasDecidedAt(), m.getDecidedAt()));
    }
  }

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR, Admin.AUDITOR})
  @Operation(summary = "会员合并申请列表")
  public Uni<Page<AdminMemberMerge>> listMemberMerges(
      @QueryParam("state") MemberMergeState state,
      @QueryParam("memberId") @Text(TextType.ID) String memberId,
      @Valid @BeanParam PageQuery page) {
    return merges
        .listMergeRequests(
            ListMergeRequestsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setState(Wire.write(MergeRequest.State.class, state))
                .setMemberId(Wire.orEmpty(memberId))
                .build())
        .map(r -> Page.of(r.getRequestsList(), AdminMemberMerge::of, r.getNextPageToken()));
  }

  @POST
  @Path("/{mergeRequestId}/confirm")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(
      summary = "确认两个会员是同一人",
      description = "survivorMemberId 为保留的会员。另一会员的登录方式、地址、成长值、佣金账户归入保留的会员，订单留在原会员名下、保留的会员可见。不可撤销。")
  public Uni<AdminMemberMerge> confirmMemberMerge(
      String mergeRequestId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminMemberMergeRequest body) {
    return merges
        .confirmMergeRequest(
            ConfirmMergeRequestRequest.newBuilder()
                .setRequestId(requestId)
                .setMergeRequestId(mergeRequestId)
                .setSurvivorMemberId(body.survivorMemberId())
                .setReason(body.reason())
                .build())
        .map(AdminMemberMerge::of);
  }

  @POST
  @Path("/{mergeRequestId}/reject")
  @RolesAllowed(Admin.PLATFORM_ADMIN)
  @Operation(summary = "不合并")
  public Uni<AdminMemberMerge> rejectMemberMerge(
      String mergeRequestId,
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @Valid @NotNull AdminReasonRequest body) {
    return merges
        .rejectMergeRequest(
            RejectMergeRequestRequest.newBuilder()
                .setRequestId(requestId)
                .setMergeRequestId(mergeRequestId)
                .setReason(body.reason())
                .build())
        .map(AdminMemberMerge::of);
  }
}
