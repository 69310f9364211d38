package io.siyu.mall.cps.statement;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.cps.order.CpsOrderProto;
import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.cps.v1.GetStatementRequest;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesRequest;
import io.siyu.mall.proto.cps.v1.ListStatementDifferencesResponse;
import io.siyu.mall.proto.cps.v1.ListStatementsRequest;
import io.siyu.mall.proto.cps.v1.ListStatementsResponse;
import io.siyu.mall.proto.cps.v1.StartStatementRequest;
import io.siyu.mall.proto.cps.v1.StatementDifference;
import io.siyu.mall.proto.cps.v1.StatementSide;
import io.siyu.mall.proto.cps.v1.Statements;
import io.smallrye.mutiny.Uni;
import java.time.DateTimeException;
import java.time.YearMonth;

/** Statements on the wire, for staff. */
@GrpcService
public class StatementGrpc implements Statements {

  private final StatementCommands commands;
  private final StatementQueries queries;
  private final Idempotency idempotency;

  StatementGrpc(StatementCommands commands, StatementQueries queries, Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<ListStatementsResponse> listStatements(ListStatementsRequest request) {
    return queries
        .list(
            CpsOrderProto.platform(request.getPlatform()),
            request.getPageSize(),
            request.getPageToken())
        .map(
            page ->
                ListStatementsResponse.newBuilder()
                    .addAllStatements(page.entries().stream().map(StatementGrpc::view).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Statement> getStatement(GetStatementRequest request) {
    return queries
        .get(ProtoIds.from("statement_id", request.getStatementId()))
        .map(StatementGrpc::view);
  }

  @Override
  public Uni<io.siyu.mall.proto.cps.v1.Statement> startStatement(StartStatementRequest request) {
    Caller caller = Caller.current();
    Platform platform = CpsOrderProto.platform(request.getPlatform());
    if (platform == null) {
      throw DomainException.invalid("platform", "must be given");
    }
    YearMonth month = month(request.getMonth());
    return idempotency.onceSql(
        RequestKey.of("cps.StartStatement", request.getRequestId(), request),
        io.siyu.mall.proto.cps.v1.Statement.parser(),
        connection ->
            commands
                .start(SqlTransaction.of(connection), platform, month, caller.key())
                .map(StatementGrpc::view));
  }

  @Override
  public Uni<ListStatementDifferencesResponse> listStatementDifferences(
      ListStatementDifferencesRequest request) {
    return queries
        .differences(
            ProtoIds.from("statement_id", request.getStatementId()),
            request.getPageSize(),
            request.getPageToken())
        .map(
            page ->
                ListStatementDifferencesResponse.newBuilder()
                    .addAllDifferences(page.entries().stream().map(StatementGrpc::view).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  private static YearMonth month(String text) {
    try {
      if (text.matches("2[0-9]{3}-[0-9]{2}")) {
        return YearMonth.parse(text);
      }
    } catch (DateTimeException e) {
      throw DomainException.invalid("month", "must be a month as 2026-11");
    }
    throw DomainException.invalid("month", "must be a month as 2026-11");
  }

  private static io.siyu.mall.proto.cps.v1.Statement view(Statement statement) {
    io.siyu.mall.proto.cps.v1.Statement.Builder view =
        io.siyu.mall.proto.cps.v1.Statement.newBuilder()
            .setStatementId(statement.id().toString())
            .setPlatform(CpsOrderProto.platform(statement.platform()))
            .setMonth(statement.month().toString())
            .setState(
                io.siyu.mall.proto.cps.v1.StatementState.valueOf(
                    "STATEMENT_" + statement.state().name()))
            .setOurs(view(statement.ours()))
            .setTheirs(view(statement.theirs()))
            .setDifferences(statement.differences())
            .setStartedBy(statement.startedBy())
            .setError(statement.error())
            .setStartedAt(ProtoTime.to(statement.startedAt()));
    if (statement.endedAt() != null) {
      view.setEndedAt(ProtoTime.to(statement.endedAt()));
    }
    return view.build();
  }

  private static StatementSide view(Statement.Side side) {
    return StatementSide.newBuilder()
        .setOrders(side.orders())
        .setSettled(ProtoMoney.to(side.settled()))
        .setFees(ProtoMoney.to(side.fees()))
        .setClawbacks(side.clawbacks())
        .setClawedBack(ProtoMoney.to(side.clawedBack()))
        .build();
  }

  private static StatementDifference view(Difference one) {
    StatementDifference.Builder view =
        StatementDifference.newBuilder()
            .setKind(
                one.ofClawback()
                    ? StatementDifference.Kind.CLAWBACK
                    : StatementDifference.Kind.ORDER)
            .setReason(StatementDifference.Reason.valueOf(one.reason().name()))
            .setOrderNo(one.orderNo())
            .setSubOrderNo(one.subOrderNo())
            .setRefundNo(one.refundNo());
    if (one.ours() != null) {
      view.setOurs(ProtoMoney.to(one.ours()));
    }
    if (one.theirs() != null) {
      view.setTheirs(ProtoMoney.to(one.theirs()));
    }
    if (one.oursFee() != null) {
      view.setOursFee(ProtoMoney.to(one.oursFee()));
    }
    if (one.theirsFee() != null) {
      view.setTheirsFee(ProtoMoney.to(one.theirsFee()));
    }
    return view.build();
  }
}
