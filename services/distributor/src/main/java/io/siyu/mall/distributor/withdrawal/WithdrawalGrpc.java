package io.siyu.mall.distributor.withdrawal;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.distributor.distributor.DistributorQueries;
import io.siyu.mall.distributor.distributor.DistributorState;
import io.siyu.mall.distributor.distributor.DistributorView;
import io.siyu.mall.distributor.distributor.Seat;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoMoney;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.distributor.v1.ApproveWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GetWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.GiveUpWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.HandleTransferNotificationRequest;
import io.siyu.mall.proto.distributor.v1.HandleTransferNotificationResponse;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsRequest;
import io.siyu.mall.proto.distributor.v1.ListWithdrawalsResponse;
import io.siyu.mall.proto.distributor.v1.RejectWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RequestWithdrawalRequest;
import io.siyu.mall.proto.distributor.v1.RetryWithdrawalRequest;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Withdrawals over gRPC: distributors ask for their own money, finance decides. */
@GrpcService
public class WithdrawalGrpc implements io.siyu.mall.proto.distributor.v1.Withdrawals {

  private final WithdrawalCommands commands;
  private final WithdrawalQueries queries;
  private final PayeeQueries payees;
  private final PayWithdrawals payments;
  private final HandleTransferNotification notifications;
  private final DistributorQueries distributors;
  private final Idempotency idempotency;

  WithdrawalGrpc(
      WithdrawalCommands commands,
      WithdrawalQueries queries,
      PayeeQueries payees,
      PayWithdrawals payments,
      HandleTransferNotification notifications,
      DistributorQueries distributors,
      Idempotency idempotency) {
    this.commands = commands;
    this.queries = queries;
    this.payees = payees;
    this.payments = payments;
    this.notifications = notifications;
    this.distributors = distributors;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> requestWithdrawal(
      RequestWithdrawalRequest request) {
    UUID member = Caller.current().memberId();
    Money amount = ProtoMoney.from("amount", request.getAmount());
    return idempotency.onceSql(
        RequestKey.of("distributor.RequestWithdrawal", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Withdrawal.parser(),
        () -> distributors.seat(member).map(WithdrawalGrpc::mayWithdraw),
        (seat, sql) ->
            commands
                .request(SqlTransaction.of(sql), seat.memberId(), seat.id(), amount)
                .map(WithdrawalProto::to));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> getWithdrawal(
      GetWithdrawalRequest request) {
    UUID id = ProtoIds.from("withdrawal_id", request.getWithdrawalId());
    boolean forStaff = !Caller.current().isMember();
    return whose("")
        .chain(owner -> queries.get(id, owner.orElse(null)))
        .chain(found -> views(List.of(found), forStaff))
        .map(views -> views.get(0));
  }

  @Override
  public Uni<ListWithdrawalsResponse> listWithdrawals(ListWithdrawalsRequest request) {
    int size = PageSize.of(request.getPageSize());
    WithdrawalState state = WithdrawalProto.state(request.getState());
    boolean forStaff = !Caller.current().isMember();
    return whose(request.getDistributorId())
        .chain(owner -> queries.list(owner.orElse(null), state, size + 1, request.getPageToken()))
        .chain(
            found ->
                views(found.stream().limit(size).toList(), forStaff)
                    .map(
                        views -> {
                          var response =
                              ListWithdrawalsResponse.newBuilder().addAllWithdrawals(views);
                          if (found.size() > size) {
                            response.setNextPageToken(PageTokens.encode(found.get(size - 1).id()));
                          }
                          return response.build();
                        }));
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> approveWithdrawal(
      ApproveWithdrawalRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("withdrawal_id", request.getWithdrawalId());
    return idempotency.onceSql(
        RequestKey.of("distributor.ApproveWithdrawal", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Withdrawal.parser(),
        sql -> {
          SqlTransaction tx = SqlTransaction.of(sql);
          tx.afterCommit(() -> payments.wake(id));
          return decided(tx, commands.approve(tx, id, caller.subject()));
        });
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> rejectWithdrawal(
      RejectWithdrawalRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("withdrawal_id", request.getWithdrawalId());
    return idempotency.onceSql(
        RequestKey.of("distributor.RejectWithdrawal", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Withdrawal.parser(),
        sql -> {
          SqlTransaction tx = SqlTransaction.of(sql);
          return decided(tx, commands.reject(tx, id, request.getReason(), caller.subject()));
        });
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> retryWithdrawal(
      RetryWithdrawalRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("withdrawal_id", request.getWithdrawalId());
    return idempotency.onceSql(
        RequestKey.of("distributor.RetryWithdrawal", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Withdrawal.parser(),
        sql -> {
          SqlTransaction tx = SqlTransaction.of(sql);
          tx.afterCommit(() -> payments.wake(id));
          return decided(tx, commands.retry(tx, id, caller.subject()));
        });
  }

  @Override
  public Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> giveUpWithdrawal(
      GiveUpWithdrawalRequest request) {
    Caller caller = Caller.current();
    UUID id = ProtoIds.from("withdrawal_id", request.getWithdrawalId());
    return idempotency.onceSql(
        RequestKey.of("distributor.GiveUpWithdrawal", request.getRequestId(), request),
        io.siyu.mall.proto.distributor.v1.Withdrawal.parser(),
        () -> queries.get(id, null).chain(payments::inquire),
        (inquiry, sql) -> {
          SqlTransaction tx = SqlTransaction.of(sql);
          return decided(
              tx, commands.giveUp(tx, id, inquiry, request.getReason(), caller.subject()));
        });
  }

  /** Needs no caller: the provider's signature is checked instead. */
  @Override
  public Uni<HandleTransferNotificationResponse> handleTransferNotification(
      HandleTransferNotificationRequest request) {
    return notifications
        .handle(request.getHeadersMap(), request.getBody().toStringUtf8())
        .replaceWith(HandleTransferNotificationResponse.getDefaultInstance());
  }

  /** Whoever was closed may still take what was earned; whoever is suspended may not. */
  private static Seat mayWithdraw(Seat seat) {
    return seat.state() == DistributorState.CLOSED ? seat : seat.requireActive();
  }

  private Uni<io.siyu.mall.proto.distributor.v1.Withdrawal> decided(
      SqlTransaction tx, Uni<Withdrawal> withdrawal) {
    return withdrawal.chain(
        one ->
            Uni.combine()
                .all()
                .unis(commands.decisions(tx, one.id()), payees.of(List.of(one.memberId())))
                .asTuple()
                .map(
                    found ->
                        WithdrawalProto.to(
                            one, found.getItem1(), found.getItem2().get(one.memberId()))));
  }

  /** A distributor does not see who of the staff decided what, and by what. */
  private Uni<List<io.siyu.mall.proto.distributor.v1.Withdrawal>> views(
      List<Withdrawal> found, boolean forStaff) {
    if (!forStaff) {
      return Uni.createFrom().item(found.stream().map(WithdrawalProto::to).toList());
    }
    return Uni.combine()
        .all()
        .unis(
            queries.decisions(found.stream().map(Withdrawal::id).toList()),
            payees.of(found.stream().map(Withdrawal::memberId).toList()))
        .asTuple()
        .map(
            beside ->
                found.stream()
                    .map(
                        w ->
                            WithdrawalProto.to(
                                w,
                                beside.getItem1().getOrDefault(w.id(), List.of()),
                                beside.getItem2().get(w.memberId())))
                    .toList());
  }

  /** The member whose withdrawals the caller sees; empty: everybody's. */
  private Uni<Optional<UUID>> whose(String distributorId) {
    Caller caller = Caller.current();
    if (caller.isMember()) {
      return distributors.seat(caller.memberId()).map(Seat::memberId).map(Optional::of);
    }
    UUID named = ProtoIds.fromOptional("distributor_id", distributorId);
    return named == null
        ? Uni.createFrom().item(Optional.empty())
        : distributors.get(named).map(DistributorView::memberId).map(Optional::of);
  }
}
