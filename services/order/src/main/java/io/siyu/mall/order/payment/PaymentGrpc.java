package io.siyu.mall.order.payment;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.order.order.Actors;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.OrderQueries;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.reconciliation.OrderFacts;
import io.siyu.mall.order.reconciliation.Reconciliation;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.proto.common.v1.ReconcileRequest;
import io.siyu.mall.proto.common.v1.ReconcileResponse;
import io.siyu.mall.proto.order.v1.HandleNotificationRequest;
import io.siyu.mall.proto.order.v1.HandleNotificationResponse;
import io.siyu.mall.proto.order.v1.ListOrderFactsRequest;
import io.siyu.mall.proto.order.v1.ListOrderFactsResponse;
import io.siyu.mall.proto.order.v1.ListPaymentsRequest;
import io.siyu.mall.proto.order.v1.ListPaymentsResponse;
import io.siyu.mall.proto.order.v1.ListRefundsRequest;
import io.siyu.mall.proto.order.v1.ListRefundsResponse;
import io.siyu.mall.proto.order.v1.PayRefundOtherwiseRequest;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.RedirectRefundRequest;
import io.siyu.mall.proto.order.v1.RetryRefundRequest;
import io.siyu.mall.proto.order.v1.StartPaymentRequest;
import io.siyu.mall.proto.order.v1.SyncPaymentRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import java.util.Set;
import java.util.UUID;

/** Payments and refunds: start, hear from the provider, read, reconcile. */
@GrpcService
public class PaymentGrpc implements io.siyu.mall.proto.order.v1.Payments {

  private final StartPayment startPayment;
  private final SettlePayment settlePayment;
  private final SettleRefund settleRefund;
  private final RefundCommands refundCommands;
  private final PaymentLookup lookup;
  private final HandleNotification notifications;
  private final PaymentQueries queries;
  private final OrderQueries orders;
  private final Reconciliation reconciliation;
  private final OrderFacts facts;
  private final Idempotency idempotency;

  PaymentGrpc(
      StartPayment startPayment,
      SettlePayment settlePayment,
      SettleRefund settleRefund,
      RefundCommands refundCommands,
      PaymentLookup lookup,
      HandleNotification notifications,
      PaymentQueries queries,
      OrderQueries orders,
      Reconciliation reconciliation,
      OrderFacts facts,
      Idempotency idempotency) {
    this.startPayment = startPayment;
    this.settlePayment = settlePayment;
    this.settleRefund = settleRefund;
    this.refundCommands = refundCommands;
    this.lookup = lookup;
    this.notifications = notifications;
    this.queries = queries;
    this.orders = orders;
    this.reconciliation = reconciliation;
    this.facts = facts;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<PaymentIntent> startPayment(StartPaymentRequest request) {
    Set<UUID> members = Caller.current().memberIds();
    TradeId trade = TradeId.parse(request.getTradeId());
    Provider provider = PaymentProto.provider(request.getProvider());
    Validation.start().required(TextType.OPENID, "openid", request.getOpenid()).check();
    return idempotency.once(
        RequestKey.of("order.StartPayment", request.getRequestId(), request),
        PaymentIntent.parser(),
        () -> startPayment.prepare(trade, members, provider, request.getOpenid()),
        intent -> startPayment.finish(intent).replaceWith(PaymentProto.intent(intent)));
  }

  /** Open to anybody: the message itself proves who sent it. */
  @Override
  public Uni<HandleNotificationResponse> handleNotification(HandleNotificationRequest request) {
    PaymentProto.provider(request.getProvider());
    return notifications
        .handle(request.getKind(), PaymentProto.notification(request))
        .replaceWith(HandleNotificationResponse.getDefaultInstance());
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Payment> syncPayment(SyncPaymentRequest request) {
    Caller caller = Caller.current();
    TradeId trade = TradeId.parse(request.getTradeId());
    return idempotency.once(
        RequestKey.of("order.SyncPayment", request.getRequestId(), request),
        io.siyu.mall.proto.order.v1.Payment.parser(),
        () -> orders.trade(trade, Scope.of(caller)).chain(() -> settlePayment.sync(trade)),
        none -> queries.payment(trade).map(PaymentProto::payment));
  }

  @Override
  public Uni<ListPaymentsResponse> listPayments(ListPaymentsRequest request) {
    TradeId trade = request.getTradeId().isEmpty() ? null : TradeId.parse(request.getTradeId());
    return queries
        .payments(
            trade, PageTokens.decode(request.getPageToken(), 1), PageSize.of(request.getPageSize()))
        .map(
            page ->
                ListPaymentsResponse.newBuilder()
                    .addAllPayments(page.items().stream().map(PaymentProto::payment).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<ListRefundsResponse> listRefunds(ListRefundsRequest request) {
    Caller caller = Caller.current();
    OrderId order = request.getOrderId().isEmpty() ? null : OrderId.parse(request.getOrderId());
    return queries
        .refunds(
            PaymentProto.state(request.getState()),
            order,
            Scope.of(caller),
            PageTokens.decode(request.getPageToken(), 1),
            PageSize.of(request.getPageSize()))
        .map(
            page ->
                ListRefundsResponse.newBuilder()
                    .addAllRefunds(page.items().stream().map(PaymentProto::refund).toList())
                    .setNextPageToken(page.nextToken())
                    .build());
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Refund> retryRefund(RetryRefundRequest request) {
    Caller caller = Caller.current();
    RefundId id = RefundId.parse(request.getRefundId());
    Validation.start().optional(TextType.NOTE, "note", request.getNote()).check();
    RequestKey key = RequestKey.of("order.RetryRefund", request.getRequestId(), request);
    return idempotency.once(
        key,
        io.siyu.mall.proto.order.v1.Refund.parser(),
        () -> lookup.batchOf(id),
        batch ->
            refundCommands
                .retry(batch, decision(key), request.getNote(), Actors.of(caller))
                .chain(() -> answer(id)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Refund> payRefundOtherwise(
      PayRefundOtherwiseRequest request) {
    Caller caller = Caller.current();
    RefundId id = RefundId.parse(request.getRefundId());
    RefundEvidence evidence = PaymentProto.evidence(request);
    RequestKey key = RequestKey.of("order.PayRefundOtherwise", request.getRequestId(), request);
    return idempotency.once(
        key,
        io.siyu.mall.proto.order.v1.Refund.parser(),
        () -> settleRefund.withdrawn(id),
        batch ->
            refundCommands
                .payOtherwise(batch, decision(key), evidence, Actors.of(caller))
                .chain(() -> answer(id)));
  }

  @Override
  public Uni<io.siyu.mall.proto.order.v1.Refund> redirectRefund(RedirectRefundRequest request) {
    Caller caller = Caller.current();
    RefundId id = RefundId.parse(request.getRefundId());
    PaymentProvider.BankCard card = PaymentProto.card(request);
    Validation.start().required(TextType.NOTE, "note", request.getNote()).check();
    RequestKey key = RequestKey.of("order.RedirectRefund", request.getRequestId(), request);
    return idempotency.once(
        key,
        io.siyu.mall.proto.order.v1.Refund.parser(),
        () ->
            settleRefund
                .redirect(id, decision(key), card, request.getNote(), Actors.of(caller))
                .replaceWith(id),
        this::answer);
  }

  /** A repeat of a request makes the same decision. */
  private static UUID decision(RequestKey key) {
    return key.stableId("decision");
  }

  private Uni<io.siyu.mall.proto.order.v1.Refund> answer(RefundId id) {
    return queries.written(id).map(PaymentProto::refund);
  }

  @Override
  public Uni<ReconcileResponse> reconcile(ReconcileRequest request) {
    return reconciliation
        .run()
        .map(checks -> ReconcileResponse.newBuilder().addAllChecks(checks).build());
  }

  @Override
  public Uni<ListOrderFactsResponse> listOrderFacts(ListOrderFactsRequest request) {
    return facts.page(
        PageTokens.decode(request.getPageToken(), 1), PageSize.of(request.getPageSize()));
  }
}
