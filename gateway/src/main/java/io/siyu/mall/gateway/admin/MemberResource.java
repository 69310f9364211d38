package io.siyu.mall.gateway.admin;

import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMemberRequest;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.GrowthEntry;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesRequest;
import io.siyu.mall.proto.membership.v1.ListMembersRequest;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Members, masked. */
@Path(Admin.ROOT + "/members")
@RolesAllowed({Admin.PLATFORM_ADMIN, Admin.MENTOR, Admin.AUDITOR})
@Tag(name = "会员 Members")
public class MemberResource {

  @GrpcClient("membership")
  Members members;

  @GET
  @Operation(summary = "会员列表：按昵称开头或完整手机号查找")
  public Uni<Page<AdminMember>> listMembers(
      @QueryParam("q") @Text(TextType.SEARCH) String q, @Valid @BeanParam PageQuery page) {
    return members
        .listMembers(
            ListMembersRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .setQuery(Wire.orEmpty(q))
                .build())
        .map(r -> Page.of(r.getMembersList(), AdminMember::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{memberId}")
  @Operation(summary = "一个会员")
  public Uni<AdminMember> getMember(String memberId) {
    return members
        .getMember(GetMemberRequest.newBuilder().setMemberId(memberId).build())
        .map(AdminMember::of);
  }

  @GET
  @Path("/{memberId}/growth")
  @Operation(summary = "会员的成长值与等级")
  public Uni<AdminGrowth> getGrowth(String memberId) {
    return members
        .getGrowth(GetGrowthRequest.newBuilder().setMemberId(memberId).build())
        .map(AdminGrowth::of);
  }

  @GET
  @Path("/{memberId}/growth/entries")
  @Operation(summary = "会员的成长值明细")
  public Uni<Page<AdminGrowthEntry>> listGrowthEntries(
      String memberId, @Valid @BeanParam PageQuery page) {
    return members
        .listGrowthEntries(
            ListGrowthEntriesRequest.newBuilder()
                .setMemberId(memberId)
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getEntriesList(), AdminGrowthEntry::of, r.getNextPageToken()));
  }

  /**
   * A member.
   *
   * @param mergedInto the member that this one goes on as
   * @param mergedIds those that go on as this one; their orders stay under their own ids
   */
  public record AdminMember(
      String memberId,
      @Nullable String nickname,
      @Nullable String avatarUrl,
      @Nullable String phoneMasked,
      int level,
      String levelName,
      long growthValue,
      @Nullable Instant registeredAt,
      @Nullable String mergedInto,
      List<String> mergedIds) {

    static AdminMember of(Member m) {
      return new AdminMember(
          m.getMemberId(),
          Wire.text(m.getNickname()),
          Wire.text(m.getAvatarUrl()),
          Wire.text(m.getPhoneMasked()),
          m.getLevel(),
          m.getLevelName(),
          m.getGrowthValue(),
          Wire.instant(m.hasRegisteredAt(), m.getRegisteredAt()),
          Wire.text(m.getMergedInto()),
          m.getMergedIdsList());
    }
  }

  /** Growth value and level. */
  public record AdminGrowth(
      String memberId,
      long growthValue,
      int level,
      String levelName,
      @Nullable Long nextLevelAt,
      @Nullable Instant levelValidUntil) {

    static AdminGrowth of(Growth g) {
      return new AdminGrowth(
          g.getMemberId(),
          g.getGrowthValue(),
          g.getLevel(),
          g.getLevelName(),
          g.getNextLevelAt() == 0 ? null : g.getNextLevelAt(),
          Wire.instant(g.hasLevelValidUntil(), g.getLevelValidUntil()));
    }
  }

  /** One change of the growth value. */
  public record AdminGrowthEntry(
      String entryId,
      long delta,
      String source,
      @Nullable String sourceId,
      String text,
      @Nullable Instant at) {

    static AdminGrowthEntry of(GrowthEntry e) {
      return new AdminGrowthEntry(
          e.getEntryId(),
          e.getDelta(),
          e.getSource(),
          Wire.text(e.getSourceId()),
          e.getText(),
          Wire.instant(e.hasAt(), e.getAt()));
    }
  }
}
