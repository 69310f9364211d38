package io.siyu.mall.distributor.correction;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.distributor.DistributorQueries;
import io.siyu.mall.distributor.distributor.Seat;
import io.siyu.mall.distributor.identity.IdNumber;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.distributor.v1.ApproveNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsResponse;
import io.siyu.mall.proto.distributor.v1.NameCorrections;
import io.siyu.mall.proto.distributor.v1.RejectNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.RequestNameCorrectionRequest;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Corrections of real names over gRPC: distributors ask for their own, finance decides. */
@GrpcService
public class NameCorrectionGrpc implements NameCorrections {

  private final NameCorrectionCommands commands;
  private final SqlNameCorrections corrections;
  private final DistributorQueries distributors;
  private final Idempotency idempotency;

  NameCorrectionGrpc(
      NameCorrectionCommands commands,
      SqlNameCorrections corrections,
      DistributorQueries distributors,
      Idempotency idempotency) {
    this.commands = commands;
    this.corrections = corrections;
    this.distributors = distributors;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.NameCorrection> requestNameCorrection(
      RequestNameCorrectionRequest request) {
    UUID member = Caller.current().memberId();
    String name = request.getRealName().strip();
    String idNumber = IdNumber.normal(request.getIdNumber());
    return idempotency.onceSql(
        RequestKey.of("distributor.RequestNameCorrection", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.NameCorrection.parser(),
        () -> distributors.seat(member).invoke(() -> check(request)).map(Seat::memberId),
        (owner, sql) ->
            commands
                .request(SqlTransaction.of(sql), owner, name, idNumber, request.getReason())
                .map(NameCorrectionProto::toOwner));
  }

  @Override
  public Uni<ListNameCorrectionsResponse> listNameCorrections(ListNameCorrectionsRequest request) {
    Caller caller = Caller.current();
    int size = PageSize.of(request.getPageSize());
    NameCorrectionState state = NameCorrectionProto.state(request.getState());
    Uni<UUID> owner;
    if (caller.isMember()) {
      owner = distributors.seat(caller.memberId()).map(Seat::memberId);
    } else {
      owner = Uni.createFrom().nullItem();
    }
    return owner
        .chain(of -> corrections.list(of, state, size + 1, request.getPageToken()))
        .map(
            found -> {
              var response = ListNameCorrectionsResponse.newBuilder();
              found.stream()
                  .limit(size)
                  .map(caller.isMember() ? NameCorrectionProto::toOwner : NameCorrectionProto::to)
                  .forEach(response::addCorrections);
              if (found.size() > size) {
                response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
              }
              return response.build();
            });
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.NameCorrection> approveNameCorrection(
      ApproveNameCorrectionRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("correction_id", request.getCorrectionId());
    return idempotency.onceSql(
        RequestKey.of("distributor.ApproveNameCorrection", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.NameCorrection.parser(),
        sql ->
            commands
                .approve(SqlTransaction.of(sql), id, caller.subject())
                .map(NameCorrectionProto::to));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.NameCorrection> rejectNameCorrection(
      RejectNameCorrectionRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("correction_id", request.getCorrectionId());
    return idempotency.onceSql(
        RequestKey.of("distributor.RejectNameCorrection", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.NameCorrection.parser(),
        sql ->
            commands
                .reject(SqlTransaction.of(sql), id, request.getReason(), caller.subject())
                .map(NameCorrectionProto::to));
  }

  private static void check(RequestNameCorrectionRequest request) {
    Validation.start()
        .length("real_name", request.getRealName().strip(), 2, 40)
        .length("reason", request.getReason(), 1, 500)
        .require(
            request.getIdNumber().isEmpty() || IdNumber.isValid(request.getIdNumber()),
            "id_number",
            IdNumber.MUST)
        .check();
  }
}
