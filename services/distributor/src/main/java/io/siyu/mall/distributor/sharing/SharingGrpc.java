package io.siyu.mall.distributor.sharing;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.attribution.AttributionProto;
import io.siyu.mall.distributor.attribution.AttributionQueries;
import io.siyu.mall.distributor.attribution.AttributionQueries.Line;
import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.binding.Binding;
import io.siyu.mall.distributor.binding.BindingCommands;
import io.siyu.mall.distributor.binding.BindingQueries;
import io.siyu.mall.distributor.distributor.DistributorQueries;
import io.siyu.mall.distributor.distributor.Seat;
import io.siyu.mall.distributor.fan.FanQueries;
import io.siyu.mall.distributor.policy.Policies;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.distributor.v1.AttributeRequest;
import io.siyu.mall.proto.distributor.v1.AttributeResponse;
import io.siyu.mall.proto.distributor.v1.AttributionPolicy;
import io.siyu.mall.proto.distributor.v1.BindMemberRequest;
import io.siyu.mall.proto.distributor.v1.ChangeAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.CreateShareRequest;
import io.siyu.mall.proto.distributor.v1.GetAttributionPolicyRequest;
import io.siyu.mall.proto.distributor.v1.GetShareRequest;
import io.siyu.mall.proto.distributor.v1.GetShareStatsRequest;
import io.siyu.mall.proto.distributor.v1.ListBindingsRequest;
import io.siyu.mall.proto.distributor.v1.ListBindingsResponse;
import io.siyu.mall.proto.distributor.v1.ListFansRequest;
import io.siyu.mall.proto.distributor.v1.ListFansResponse;
import io.siyu.mall.proto.distributor.v1.OpenTouchRequest;
import io.siyu.mall.proto.distributor.v1.ShareStats;
import io.siyu.mall.proto.distributor.v1.Sharing;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Shares, touches, bindings, fans and attribution over gRPC. */
@GrpcService
public class SharingGrpc implements Sharing {

  private static final int MOST_LINES = 500;

  private final SharingCommands commands;
  private final Visitors visitors;
  private final ShareQueries shares;
  private final BindingCommands bindingCommands;
  private final BindingQueries bindings;
  private final FanQueries fans;
  private final AttributionQueries attribution;
  private final Policies policies;
  private final DistributorQueries distributors;
  private final Idempotency idempotency;

  SharingGrpc(
      SharingCommands commands,
      Visitors visitors,
      ShareQueries shares,
      BindingCommands bindingCommands,
      BindingQueries bindings,
      FanQueries fans,
      AttributionQueries attribution,
      Policies policies,
      DistributorQueries distributors,
      Idempotency idempotency) {
    this.commands = commands;
    this.visitors = visitors;
    this.shares = shares;
    this.bindingCommands = bindingCommands;
    this.bindings = bindings;
    this.fans = fans;
    this.attribution = attribution;
    this.policies = policies;
    this.distributors = distributors;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Share> createShare(CreateShareRequest request) {
    UUID member = Caller.current().memberId();
    Channel channel = SharingProto.channel(request.getChannel());
    TargetType type = SharingProto.targetType(request.getTarget().getType());
    return idempotency.onceSql(
        RequestKey.of("distributor.CreateShare", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Share.parser(),
        () ->
            distributors
                .seat(member)
                .map(Seat::requireActive)
                .chain(seat -> commands.prepare(seat, channel, type, request.getTarget().getId())),
        (share, sql) -> commands.share(SqlTransaction.of(sql), share).map(SharingProto::to));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Share> getShare(GetShareRequest request) {
    return shares.get(request.getShareCode()).map(SharingProto::to);
  }

  @Override
  public Uni<ShareStats> getShareStats(GetShareStatsRequest request) {
    return distributors
        .seat(Caller.current().memberId())
        .map(Seat::ids)
        .chain(
            own ->
                shares
                    .stats(request.getShareCode())
                    .map(
                        stats -> {
                          if (!own.contains(stats.distributorId())) {
                            throw ShareQueries.unknown();
                          }
                          return ShareStats.newBuilder()
                              .setShareCode(request.getShareCode())
                              .setOpenings(stats.openings())
                              .setVisitors(stats.visitors())
                              .setOrders(stats.orders())
                              .build();
                        }));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Touch> openTouch(OpenTouchRequest request) {
    Caller caller = Caller.current();
    UUID member = caller.isMember() ? caller.memberId() : null;
    String visitor =
        member != null ? null : visitors.read(request.getAnonymousId()).orElseGet(visitors::next);
    return idempotency.onceSql(
        RequestKey.of("distributor.OpenTouch", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Touch.parser(),
        sql ->
            commands
                .open(SqlTransaction.of(sql), request.getShareCode(), member, visitor)
                .map(
                    touch ->
                        SharingProto.to(touch, visitor == null ? "" : visitors.token(visitor))));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Binding> bindMember(BindMemberRequest request) {
    Caller caller = Caller.current();
    UUID member = ProtoIds.from("member_id", request.getMemberId());
    UUID distributor = ProtoIds.fromOptional("distributor_id", request.getDistributorId());
    Validation.start().required(TextType.REASON, "reason", request.getReason()).check();
    return idempotency.onceSql(
        RequestKey.of("distributor.BindMember", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Binding.parser(),
        sql -> bind(SqlTransaction.of(sql), member, distributor, request.getReason(), caller));
  }

  @Override
  public Uni<ListBindingsResponse> listBindings(ListBindingsRequest request) {
    int size = PageSize.of(request.getPageSize());
    UUID member = ProtoIds.from("member_id", request.getMemberId());
    return bindings
        .ofMember(member, size + 1, request.getPageToken())
        .map(
            found -> {
              ListBindingsResponse.Builder response = ListBindingsResponse.newBuilder();
              found.stream().limit(size).map(SharingProto::to).forEach(response::addBindings);
              if (found.size() > size) {
                response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<ListFansResponse> listFans(ListFansRequest request) {
    int size = PageSize.of(request.getPageSize());
    return distributors
        .seat(Caller.current().memberId())
        .chain(
            seat ->
                Uni.combine()
                    .all()
                    .unis(
                        fans.list(seat.ids(), size + 1, request.getPageToken()),
                        fans.effective(seat.ids()))
                    .asTuple())
        .map(
            found -> {
              List<FanQueries.Fan> page = found.getItem1();
              ListFansResponse.Builder response =
                  ListFansResponse.newBuilder().setEffectiveFans(found.getItem2());
              page.stream().limit(size).map(SharingProto::to).forEach(response::addFans);
              if (page.size() > size) {
                response.setNextPageToken(PageTokens.encode(page.get(size - 1).bindingId()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<AttributeResponse> attribute(AttributeRequest request) {
    UUID member = ProtoIds.from("member_id", request.getMemberId());
    Set<String> keys = new HashSet<>();
    Validation validation =
        Validation.start().range("lines", request.getLinesCount(), 1, MOST_LINES);
    request
        .getLinesList()
        .forEach(
            line ->
                validation.require(
                    keys.add(line.getLineKey()), "lines.line_key", "must differ between lines"));
    validation.check();
    List<Line> lines = request.getLinesList().stream().map(AttributionProto::line).toList();
    return attribution
        .attribute(member, lines)
        .map(
            answers -> {
              AttributeResponse.Builder response = AttributeResponse.newBuilder();
              answers.stream().map(AttributionProto::to).forEach(response::addLines);
              return response.build();
            });
  }

  @Override
  public Uni<AttributionPolicy> getAttributionPolicy(GetAttributionPolicyRequest request) {
    return policies.standing().map(SharingProto::to);
  }

  @Override
  public Uni<AttributionPolicy> changeAttributionPolicy(ChangeAttributionPolicyRequest request) {
    Caller caller = Caller.current();
    Policies.Wish wish =
        new Policies.Wish(
            SharingProto.mode(request.getBindingMode()),
            request.getProtectedDays(),
            request.getTouchHours() == 0 ? 24 : request.getTouchHours(),
            request.getSelfPurchaseEarns());
    return idempotency.onceSql(
        RequestKey.of("distributor.ChangeAttributionPolicy", request.getRequestId(), request),
        AttributionPolicy.parser(),
        sql ->
            policies
                .change(
                    SqlTransaction.of(sql),
                    wish,
                    ProtoTime.from(request.getEffectiveFrom()),
                    request.getReplacesVersionsList(),
                    caller.subject())
                .map(SharingProto::to));
  }

  private Uni<io.siyu.mall.proto.distributor.v1.Binding> bind(
      SqlTransaction tx, UUID member, UUID distributor, String reason, Caller caller) {
    Uni<UUID> changed =
        distributor == null
            ? bindingCommands.unbind(tx, member, reason)
            : policies
                .current(tx)
                .chain(
                    policy ->
                        bindingCommands.bind(tx, policy, member, distributor, reason, caller.key()))
                .map(Binding::id);
    return changed.chain(id -> bindings.get(tx, id)).map(SharingProto::to);
  }
}
