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
import io.siyu.mall.proto.distributor.v1.CorrectionNames;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsRequest;
import io.siyu.mall.proto.distributor.v1.ListNameCorrectionsResponse;
import io.siyu.mall.proto.distributor.v1.NameCorrections;
import io.siyu.mall.proto.distributor.v1.ReadNamesRequest;
import io.siyu.mall.proto.distributor.v1.RejectNameCorrectionRequest;
import io.siyu.mall.proto.distributor.v1.RequestNameCorrectionRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Corrections of real names over gRPC: distributors ask for their own, finance decides. */
@GrpcService
public class NameCorrectionGrpc implements NameCorrections {

  private final NameCorrectionCommands commands;
  private final ReadNames readNames;
  private final SqlNameCorrections corrections;
  private final DistributorQueries distributors;
  private final Idempotency idempotency;

  NameCorrectionGrpc(
      NameCorrectionCommands commands,
      ReadNames readNames,
      SqlNameCorrections corrections,
      DistributorQueries distributors,
      Idempotency idempotency) {
    this.commands = commands;
    this.readNames = readNames;
    this.corrections = corrections;
    this.distributors = distributors;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.NameCorrection> requestNameCorrection(
      RequestNameCorrectionRequest request) {
    UUID member = Caller.current().memberId();
    String name = TextType.REAL_NAME.normal(request.getRealName());
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
        .chain(
            found ->
                caller.isMember()
                    ? Uni.createFrom().item(page(found, size, NameCorrectionProto::toOwner))
                    : corrections
                        .readings(found.stream().map(NameCorrection::id).toList())
                        .map(read -> page(found, size, staff(read))));
  }

  private static Function<NameCorrection, io.siyu.mall.proto.distributor.v1.NameCorrection> staff(
      Map<UUID, List<NameCorrection.Reading>> read) {
    return c -> NameCorrectionProto.to(c, read.getOrDefault(c.id(), List.of()));
  }

  private static ListNameCorrectionsResponse page(
      List<NameCorrection> found,
      int size,
      Function<NameCorrection, io.siyu.mall.proto.distributor.v1.NameCorrection> view) {
    var response = ListNameCorrectionsResponse.newBuilder();
    found.stream().limit(size).map(view).forEach(response::addCorrections);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
    }
    return response.build();
  }

  /** Not by {@link Idempotency}: that would keep the names in its stored answer. */
  @Override
  public Uni<CorrectionNames> readNames(ReadNamesRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("correction_id", request.getCorrectionId());
    return readNames.read(id, caller.subject()).map(NameCorrectionProto::to);
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
        .required(TextType.REAL_NAME, "real_name", request.getRealName())
        .required(TextType.REASON, "reason", request.getReason())
        .require(
            request.getIdNumber().isEmpty() || IdNumber.isValid(request.getIdNumber()),
            "id_number",
            IdNumber.MUST)
        .check();
  }
}
