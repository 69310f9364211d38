package io.siyu.mall.membership.api;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.quarkus.grpc.GrpcService;
import io.siyu.mall.membership.address.AddressCommands;
import io.siyu.mall.membership.address.AddressId;
import io.siyu.mall.membership.address.AddressProto;
import io.siyu.mall.membership.address.AddressQueries;
import io.siyu.mall.membership.answer.SealedAnswers;
import io.siyu.mall.membership.growth.GrowthProto;
import io.siyu.mall.membership.growth.GrowthQueries;
import io.siyu.mall.membership.member.MemberCommands;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.MemberProto;
import io.siyu.mall.membership.member.MemberQueries;
import io.siyu.mall.membership.member.MemberView;
import io.siyu.mall.membership.merge.BindPhone;
import io.siyu.mall.membership.merge.MergeProto;
import io.siyu.mall.membership.reconciliation.OrderVerification;
import io.siyu.mall.membership.reconciliation.Reconciliation;
import io.siyu.mall.membership.wechat.RepeatedCodes;
import io.siyu.mall.membership.wechat.WeChat;
import io.siyu.mall.membership.wechat.WeChatConfig;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.membership.v1.Address;
import io.siyu.mall.proto.membership.v1.BindPhoneRequest;
import io.siyu.mall.proto.membership.v1.BindPhoneResponse;
import io.siyu.mall.proto.membership.v1.DeleteAddressRequest;
import io.siyu.mall.proto.membership.v1.DeleteAddressResponse;
import io.siyu.mall.proto.membership.v1.GetAddressRequest;
import io.siyu.mall.proto.membership.v1.GetGrowthRequest;
import io.siyu.mall.proto.membership.v1.GetMeRequest;
import io.siyu.mall.proto.membership.v1.GetMemberRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidRequest;
import io.siyu.mall.proto.membership.v1.GetMyOpenidResponse;
import io.siyu.mall.proto.membership.v1.Growth;
import io.siyu.mall.proto.membership.v1.ListAddressesRequest;
import io.siyu.mall.proto.membership.v1.ListAddressesResponse;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesRequest;
import io.siyu.mall.proto.membership.v1.ListGrowthEntriesResponse;
import io.siyu.mall.proto.membership.v1.ListMembersRequest;
import io.siyu.mall.proto.membership.v1.ListMembersResponse;
import io.siyu.mall.proto.membership.v1.Member;
import io.siyu.mall.proto.membership.v1.Members;
import io.siyu.mall.proto.membership.v1.SaveAddressRequest;
import io.siyu.mall.proto.membership.v1.UpdateMeRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersRequest;
import io.siyu.mall.proto.order.v1.VerifyOrdersResponse;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** The one endpoint of everything about members but their sessions. */
@GrpcService
public class MembersGrpc implements Members {

  /** The reason when the caller never signed in by WeChat's mini-program. */
  public static final String NO_OPENID = "NO_OPENID";

  /** How often whose the phone is may change while it is being bound. */
  private static final int CONTENTIONS = 3;

  private final MemberCommands commands;
  private final BindPhone bindPhone;
  private final MemberQueries members;
  private final AddressCommands addressCommands;
  private final AddressQueries addresses;
  private final GrowthQueries growth;
  private final Reconciliation reconciliation;
  private final OrderVerification verification;
  private final WeChat weChat;
  private final String appId;
  private final Idempotency idempotency;
  private final SealedAnswers answers;

  @Inject
  MembersGrpc(
      MemberCommands commands,
      BindPhone bindPhone,
      MemberQueries members,
      AddressCommands addressCommands,
      AddressQueries addresses,
      GrowthQueries growth,
      Reconciliation reconciliation,
      OrderVerification verification,
      WeChat weChat,
      WeChatConfig weChatConfig,
      Idempotency idempotency,
      SealedAnswers answers) {
    this.commands = commands;
    this.bindPhone = bindPhone;
    this.members = members;
    this.addressCommands = addressCommands;
    this.addresses = addresses;
    this.growth = growth;
    this.reconciliation = reconciliation;
    this.verification = verification;
    this.weChat = weChat;
    this.appId = weChatConfig.appId().orElse("");
    this.idempotency = idempotency;
    this.answers = answers;
  }

  @Override
  public Uni<Member> getMe(GetMeRequest request) {
    return members.get(Access.self()).map(MemberView::requireLiving).map(MemberProto::member);
  }

  @Override
  public Uni<Member> updateMe(UpdateMeRequest request) {
    MemberId self = Access.self();
    String nickname = request.hasNickname() ? request.getNickname() : null;
    String avatarUrl = request.hasAvatarUrl() ? request.getAvatarUrl() : null;
    return idempotency.once(
        key("UpdateMe", request.getRequestId(), request),
        Member.parser(),
        () ->
            commands
                .changeProfile(self, request.getVersion(), nickname, avatarUrl)
                .map(MemberProto::member));
  }

  @Override
  public Uni<BindPhoneResponse> bindPhone(BindPhoneRequest request) {
    MemberId self = Access.self();
    String caller = Caller.current().key();
    RequestKey key = key("BindPhone", request.getRequestId(), request);
    Validation.start()
        .required(TextType.SIGN_IN_CODE, "phone_code", request.getPhoneCode())
        .check();
    // A code works once, so WeChat is asked once, however often the rest is tried.
    Uni<String> phone = weChat.phoneNumber(request.getPhoneCode()).memoize().indefinitely();
    return RepeatedCodes.patiently(
            () ->
                idempotency.onceSql(
                    key,
                    BindPhoneResponse.parser(),
                    () -> phone.flatMap(number -> bindPhone.ask(self, number)),
                    (known, sql) ->
                        bindPhone
                            .bind(SqlTransaction.of(sql), self, known, caller, key.requestId())
                            .map(MergeProto::bound)))
        .onFailure(BindPhone::isContended)
        .retry()
        .atMost(CONTENTIONS)
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(failure -> BindPhone.contended());
  }

  @Override
  public Uni<Member> getMember(GetMemberRequest request) {
    return members.get(MemberId.parse("member_id", request.getMemberId())).map(MemberProto::member);
  }

  @Override
  public Uni<ListMembersResponse> listMembers(ListMembersRequest request) {
    return members
        .list(request.getQuery(), request.getPageSize(), request.getPageToken())
        .map(MemberProto::page);
  }

  @Override
  public Uni<GetMyOpenidResponse> getMyOpenid(GetMyOpenidRequest request) {
    return members
        .openid(Access.self(), appId, Access.session())
        .map(
            openid ->
                openid.orElseThrow(
                    () ->
                        DomainException.precondition(
                            NO_OPENID, "the member never signed in by the mini-program")))
        .map(openid -> GetMyOpenidResponse.newBuilder().setOpenid(openid).build());
  }

  @Override
  public Uni<ListAddressesResponse> listAddresses(ListAddressesRequest request) {
    return addresses.list(Access.self()).map(AddressProto::list);
  }

  @Override
  public Uni<Address> saveAddress(SaveAddressRequest request) {
    MemberId self = Access.self();
    AddressId id = AddressProto.id(request.getAddress());
    RequestKey key = key("SaveAddress", request.getRequestId(), request);
    return idempotency
        .once(
            key,
            StringValue.parser(),
            () ->
                addressCommands
                    .save(
                        self,
                        id,
                        AddressProto.content(request.getAddress()),
                        request.getAddress().getIsDefault())
                    .map(saved -> answers.seal(key, AddressProto.address(saved))))
        .map(stored -> answers.open(key, stored, Address.parser()));
  }

  @Override
  public Uni<DeleteAddressResponse> deleteAddress(DeleteAddressRequest request) {
    MemberId self = Access.self();
    AddressId id = AddressId.parse("address_id", request.getAddressId());
    return idempotency.once(
        key("DeleteAddress", request.getRequestId(), request),
        DeleteAddressResponse.parser(),
        () ->
            addressCommands
                .delete(self, id)
                .replaceWith(DeleteAddressResponse::getDefaultInstance));
  }

  @Override
  public Uni<Address> getAddress(GetAddressRequest request) {
    return addresses
        .get(Access.self(), AddressId.parse("address_id", request.getAddressId()))
        .map(AddressProto::address);
  }

  @Override
  public Uni<Growth> getGrowth(GetGrowthRequest request) {
    return growth.get(Access.ofGrowth(request.getMemberId()).value()).map(GrowthProto::growth);
  }

  @Override
  public Uni<ListGrowthEntriesResponse> listGrowthEntries(ListGrowthEntriesRequest request) {
    MemberId member = Access.ofGrowth(request.getMemberId());
    return growth
        .entries(member.value(), request.getPageSize(), request.getPageToken())
        .map(GrowthProto::page);
  }

  @Override
  public Uni<ReconcileResponse> reconcile(ReconcileRequest request) {
    return reconciliation.run();
  }

  @Override
  public Uni<VerifyOrdersResponse> verifyOrders(VerifyOrdersRequest request) {
    return verification.verify(request);
  }

  private static RequestKey key(String method, String requestId, Message request) {
    return RequestKey.of("membership." + method, requestId, request);
  }
}
