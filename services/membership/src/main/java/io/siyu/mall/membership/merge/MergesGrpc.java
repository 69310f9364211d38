package io.siyu.mall.membership.merge;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.membership.v1.ConfirmMergeRequestRequest;
import io.siyu.mall.proto.membership.v1.ListMergeRequestsRequest;
import io.siyu.mall.proto.membership.v1.ListMergeRequestsResponse;
import io.siyu.mall.proto.membership.v1.Merges;
import io.siyu.mall.proto.membership.v1.RejectMergeRequestRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.UUID;

/** Staff decide whether two members are one person. */
@GrpcService
public class MergesGrpc implements Merges {

  private final MergeCommands commands;
  private final SqlMergeRequests requests;
  private final PersonalCipher cipher;
  private final Idempotency idempotency;

  @Inject
  MergesGrpc(
      MergeCommands commands,
      SqlMergeRequests requests,
      PersonalCipher cipher,
      Idempotency idempotency) {
    this.commands = commands;
    this.requests = requests;
    this.cipher = cipher;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<ListMergeRequestsResponse> listMergeRequests(ListMergeRequestsRequest request) {
    int size = PageSize.of(request.getPageSize());
    UUID member = Ids.parseOptional("member_id", request.getMemberId());
    return requests
        .list(
            member == null ? null : new MemberId(member),
            MergeProto.state(request.getState()),
            size + 1,
            request.getPageToken())
        .map(
            found -> {
              var response = ListMergeRequestsResponse.newBuilder();
              found.stream().limit(size).map(this::proto).forEach(response::addRequests);
              if (found.size() > size) {
                response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<io.siyu.mall.proto.membership.v1.MergeRequest> confirmMergeRequest(
      ConfirmMergeRequestRequest request) {
    String by = Caller.current().subject();
    UUID id = Ids.parse("merge_request_id", request.getMergeRequestId());
    MemberId survivor = MemberId.parse("survivor_member_id", request.getSurvivorMemberId());
    return idempotency.onceSql(
        RequestKey.of("membership.ConfirmMergeRequest", request.getRequestId(), request),
        io.siyu.mall.proto.membership.v1.MergeRequest.parser(),
        sql ->
            commands
                .confirm(
                    SqlTransaction.of(sql),
                    id,
                    survivor,
                    request.getReason(),
                    by,
                    request.getRequestId())
                .map(this::proto));
  }

  @Override
  public Uni<io.siyu.mall.proto.membership.v1.MergeRequest> rejectMergeRequest(
      RejectMergeRequestRequest request) {
    String by = Caller.current().subject();
    UUID id = Ids.parse("merge_request_id", request.getMergeRequestId());
    return idempotency.onceSql(
        RequestKey.of("membership.RejectMergeRequest", request.getRequestId(), request),
        io.siyu.mall.proto.membership.v1.MergeRequest.parser(),
        sql ->
            commands.reject(SqlTransaction.of(sql), id, request.getReason(), by).map(this::proto));
  }

  private io.siyu.mall.proto.membership.v1.MergeRequest proto(MergeRequest request) {
    return MergeProto.request(request, cipher);
  }
}
