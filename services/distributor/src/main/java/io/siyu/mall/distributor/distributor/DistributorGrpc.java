package io.siyu.mall.distributor.distributor;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.identity.IdNumber;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.proto.distributor.v1.ApplyRequest;
import io.siyu.mall.proto.distributor.v1.ApproveApplicationRequest;
import io.siyu.mall.proto.distributor.v1.CloseDistributorRequest;
import io.siyu.mall.proto.distributor.v1.CreateInviteRequest;
import io.siyu.mall.proto.distributor.v1.GetDistributorRequest;
import io.siyu.mall.proto.distributor.v1.GetMyDistributorRequest;
import io.siyu.mall.proto.distributor.v1.HasSeatRequest;
import io.siyu.mall.proto.distributor.v1.HasSeatResponse;
import io.siyu.mall.proto.distributor.v1.ListDistributorsRequest;
import io.siyu.mall.proto.distributor.v1.ListDistributorsResponse;
import io.siyu.mall.proto.distributor.v1.ListInvitesRequest;
import io.siyu.mall.proto.distributor.v1.ListInvitesResponse;
import io.siyu.mall.proto.distributor.v1.ListTeamRequest;
import io.siyu.mall.proto.distributor.v1.ListTeamResponse;
import io.siyu.mall.proto.distributor.v1.ReassignUplineRequest;
import io.siyu.mall.proto.distributor.v1.RejectApplicationRequest;
import io.siyu.mall.proto.distributor.v1.ResumeDistributorRequest;
import io.siyu.mall.proto.distributor.v1.SuspendDistributorRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Invites, applications and distributors over gRPC. */
@GrpcService
public class DistributorGrpc implements io.siyu.mall.proto.distributor.v1.Distributors {

  private final DistributorCommands commands;
  private final DistributorQueries queries;
  private final Idempotency idempotency;
  private final PersonSeal seal;

  DistributorGrpc(
      DistributorCommands commands,
      DistributorQueries queries,
      Idempotency idempotency,
      PersonSeal seal) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
    this.seal = seal;
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Invite> createInvite(CreateInviteRequest request) {
    Caller caller = Caller.current();
    RequestKey key = RequestKey.of("distributor.CreateInvite", request.getRequestId(), request);
    Uni<Inviter> inviter =
        caller.isMember()
            ? queries
                .seat(caller.memberId())
                .map(Seat::requireActive)
                .map(s -> new Inviter(InviterKind.DISTRIBUTOR, s.id().toString(), s.brandCode()))
            : Uni.createFrom().item(DistributorAccess.staffInviter(caller, request.getBrandCode()));
    return idempotency.once(
        key,
        io.siyu.mall.proto.distributor.v1.Invite.parser(),
        () -> inviter,
        by ->
            commands
                .invite(
                    by,
                    request.getUses(),
                    request.getValidDays(),
                    request.getNote(),
                    caller.subject())
                .map(DistributorProto::to));
  }

  @Override
  public Uni<ListInvitesResponse> listInvites(ListInvitesRequest request) {
    Caller caller = Caller.current();
    int size = PageSize.of(request.getPageSize());
    if (caller.isMember()) {
      return queries
          .seat(caller.memberId())
          .chain(
              seat ->
                  queries.invites(
                      Map.of(
                          InviterKind.DISTRIBUTOR,
                          seat.ids().stream().map(UUID::toString).toList()),
                      size,
                      request.getPageToken()))
          .map(DistributorProto::invites);
    }
    Reach reach = caller.reach();
    Map<InviterKind, Collection<String>> of = new EnumMap<>(InviterKind.class);
    of.put(InviterKind.BRAND, reach.brandCodes());
    of.put(InviterKind.MENTOR, reach.own() ? List.of(caller.subject()) : List.of());
    return queries
        .invites(reach.all() ? null : of, size, request.getPageToken())
        .map(DistributorProto::invites);
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> apply(ApplyRequest request) {
    UUID member = Caller.current().memberId();
    String phone = request.getPhone();
    Validation.start()
        .notBlank("invite_code", request.getInviteCode())
        .required(TextType.SELLER_NAME, "display_name", request.getDisplayName())
        .required(TextType.REAL_NAME, "real_name", request.getRealName())
        .required(TextType.PHONE, "phone", phone)
        .required(TextType.OPENID, "openid", request.getOpenid())
        .require(
            request.getIdNumber().isEmpty() || IdNumber.isValid(request.getIdNumber()),
            "id_number",
            IdNumber.MUST)
        .check();
    UUID id = Ids.next();
    return idempotency.once(
        RequestKey.of("distributor.Apply", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Distributor.parser(),
        () -> queries.memberNow(member),
        applicant ->
            shown(
                commands.apply(
                    id,
                    applicant,
                    InviteCode.typed(request.getInviteCode()),
                    request.getDisplayName(),
                    seal.seal(
                        id,
                        applicant,
                        request.getRealName().strip(),
                        phone,
                        IdNumber.normal(request.getIdNumber()),
                        request.getOpenid()),
                    request.getNote())));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> approveApplication(
      ApproveApplicationRequest request) {
    Caller caller = Caller.current();
    return decided(
        RequestKey.of("distributor.ApproveApplication", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.approve(id, caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> rejectApplication(
      RejectApplicationRequest request) {
    Caller caller = Caller.current();
    return decided(
        RequestKey.of("distributor.RejectApplication", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.reject(id, request.getReason(), caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> suspendDistributor(
      SuspendDistributorRequest request) {
    Caller caller = Caller.current();
    return decided(
        RequestKey.of("distributor.SuspendDistributor", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.suspend(id, request.getReason(), caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> resumeDistributor(
      ResumeDistributorRequest request) {
    Caller caller = Caller.current();
    return decided(
        RequestKey.of("distributor.ResumeDistributor", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.resume(id, request.getReason(), caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> closeDistributor(
      CloseDistributorRequest request) {
    Caller caller = Caller.current();
    return decided(
        RequestKey.of("distributor.CloseDistributor", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.close(id, request.getReason(), caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> reassignUpline(
      ReassignUplineRequest request) {
    Caller caller = Caller.current();
    UUID upline = ProtoIds.fromOptional("upline_id", request.getUplineId());
    return decided(
        RequestKey.of("distributor.ReassignUpline", request.getRequestId(), request),
        caller,
        request.getDistributorId(),
        id -> commands.reassignUpline(id, upline, request.getReason(), caller.subject()));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> getDistributor(
      GetDistributorRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("distributor_id", request.getDistributorId());
    return queries
        .get(id)
        .invoke(view -> DistributorAccess.requireSeen(caller, view))
        .map(DistributorProto::to);
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Distributor> getMyDistributor(
      GetMyDistributorRequest request) {
    return queries
        .ofMember(Caller.current().memberId())
        .onItem()
        .ifNull()
        .failWith(() -> DomainException.notFound(Seat.NOT_A_DISTRIBUTOR, "you have not applied"))
        .map(DistributorProto::to);
  }

  @Override
  public Uni<ListDistributorsResponse> listDistributors(ListDistributorsRequest request) {
    Caller caller = Caller.current();
    return queries
        .list(
            DistributorProto.state(request.getState()),
            request.getQuery(),
            caller.reach().all() ? null : caller.reach().brandCodes(),
            PageSize.of(request.getPageSize()),
            request.getPageToken())
        .map(DistributorProto::list);
  }

  @Override
  public Uni<HasSeatResponse> hasSeat(HasSeatRequest request) {
    return queries
        .ofMember(ProtoIds.from("member_id", request.getMemberId()))
        .map(found -> HasSeatResponse.newBuilder().setHasSeat(found != null).build());
  }

  @Override
  public Uni<ListTeamResponse> listTeam(ListTeamRequest request) {
    int size = PageSize.of(request.getPageSize());
    return queries
        .seat(Caller.current().memberId())
        .chain(seat -> queries.team(seat, size, request.getPageToken()))
        .map(DistributorProto::team);
  }

  private Uni<io.siyu.mall.proto.distributor.v1.Distributor> decided(
      RequestKey key, Caller caller, String distributorId, Function<UUID, Uni<UUID>> verb) {
    UUID id = ProtoIds.from("distributor_id", distributorId);
    return idempotency.once(
        key,
        io.siyu.mall.proto.distributor.v1.Distributor.parser(),
        () -> queries.get(id).invoke(view -> DistributorAccess.requireSeen(caller, view)),
        view -> shown(verb.apply(id)));
  }

  private Uni<io.siyu.mall.proto.distributor.v1.Distributor> shown(Uni<UUID> changed) {
    return changed.chain(commands::shown).map(DistributorProto::to);
  }
}
