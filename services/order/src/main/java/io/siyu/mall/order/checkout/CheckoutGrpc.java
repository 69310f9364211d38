package io.siyu.mall.order.checkout;

import io.quarkus.grpc.GrpcService;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.OrderProto;
import io.siyu.mall.order.order.OrderQueries;
import io.siyu.mall.order.order.Scope;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.payment.Cancellation;
import io.siyu.mall.order.payment.PaymentCommands;
import io.siyu.mall.order.payment.ProviderException;
import io.siyu.mall.order.payment.SettlePayment;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.Inserts;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.lane.Turns;
import io.siyu.mall.proto.order.v1.CancelTradeRequest;
import io.siyu.mall.proto.order.v1.CheckoutPreview;
import io.siyu.mall.proto.order.v1.Checkouts;
import io.siyu.mall.proto.order.v1.GetTradeRequest;
import io.siyu.mall.proto.order.v1.PlaceTradeRequest;
import io.siyu.mall.proto.order.v1.PreviewCheckoutRequest;
import io.siyu.mall.proto.order.v1.Trade;
import io.smallrye.mutiny.Uni;
import java.util.HexFormat;
import java.util.UUID;

/** Checkout: preview, place, read and cancel trades. Members only, and only their own. */
@GrpcService
public class CheckoutGrpc implements Checkouts {

  private final PlaceTrade placeTrade;
  private final PriceTokens tokens;
  private final SettlePayment settlePayment;
  private final PaymentCommands payments;
  private final OrderQueries queries;
  private final OrderProto proto;
  private final Idempotency idempotency;
  private final Turns<UUID> turns = new Turns<>();

  CheckoutGrpc(
      PlaceTrade placeTrade,
      PriceTokens tokens,
      SettlePayment settlePayment,
      PaymentCommands payments,
      OrderQueries queries,
      OrderProto proto,
      Idempotency idempotency) {
    this.placeTrade = placeTrade;
    this.tokens = tokens;
    this.settlePayment = settlePayment;
    this.payments = payments;
    this.queries = queries;
    this.proto = proto;
    this.idempotency = idempotency;
  }

  @Override
  public Uni<CheckoutPreview> previewCheckout(PreviewCheckoutRequest request) {
    UUID member = Caller.current().memberId();
    return placeTrade
        .price(CheckoutProto.basket(request.getLinesList()))
        .map(priced -> CheckoutProto.preview(priced, tokens.issue(member, priced)));
  }

  @Override
  public Uni<Trade> placeTrade(PlaceTradeRequest request) {
    Caller caller = Caller.current();
    PlaceTrade.Wish wish = wish(request, caller.memberId());
    RequestKey key = RequestKey.of("order.PlaceTrade", request.getRequestId(), request);
    // Another body under the same id must not find the first one's reservations.
    String body = HexFormat.of().formatHex(key.bodyHash());
    return turns
        .take(
            caller.memberId(),
            () ->
                idempotency.onceInserting(
                    key,
                    Trade.parser(),
                    () -> placeTrade.prepare(wish, purpose -> key.stableId(purpose + " " + body)),
                    (prepared, write) ->
                        placeTrade.place(prepared, placed -> write.apply(inserts(placed, caller))),
                    placeTrade::undo))
        .map(trade -> proto.reveal(trade, caller));
  }

  @Override
  public Uni<Trade> getTrade(GetTradeRequest request) {
    Caller caller = Caller.current();
    return queries
        .trade(TradeId.parse(request.getTradeId()), Scope.of(caller))
        .map(trade -> proto.trade(trade, caller));
  }

  @Override
  public Uni<Trade> cancelTrade(CancelTradeRequest request) {
    Caller caller = Caller.current().requireMember();
    TradeId id = TradeId.parse(request.getTradeId());
    String reason = request.getReason().isBlank() ? "会员取消" : request.getReason().strip();
    return idempotency
        .once(
            RequestKey.of("order.CancelTrade", request.getRequestId(), request),
            Trade.parser(),
            () ->
                queries
                    .trade(id, Scope.of(caller))
                    .chain(() -> settlePayment.closeAll(id))
                    .onFailure(ProviderException.class)
                    .transform(failure -> ((ProviderException) failure).toRefusal()),
            closed ->
                payments
                    .cancel(id, closed, new Cancellation(reason, Actor.MEMBER))
                    .invoke(SettlePayment::checkCancelled)
                    .chain(() -> answer(id, caller)))
        .map(trade -> proto.reveal(trade, caller));
  }

  private static Inserts<Trade> inserts(PlaceTrade.Placed placed, Caller caller) {
    return new Inserts<>(
        OrderProto.sealed(placed.view(), caller), placed.rows().rows(), placed.rows().events());
  }

  private PlaceTrade.Wish wish(PlaceTradeRequest request, UUID member) {
    Ids.parseOptional("touch_id", request.getTouchId());
    return new PlaceTrade.Wish(
        member,
        CheckoutProto.basket(request.getLinesList()),
        request.getTouchId(),
        request.getPriceToken(),
        OrderProto.address(request.getAddress()),
        request.getNote().strip());
  }

  private Uni<Trade> answer(TradeId id, Caller caller) {
    return queries
        .writtenTrade(id, Scope.of(caller))
        .map(trade -> OrderProto.sealed(trade, caller));
  }
}
