package io.siyu.mall.gateway.shop;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.shop.OrderViews.ShopOrder;
import io.siyu.mall.gateway.wire.Fen;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.order.v1.CheckoutLine;
import io.siyu.mall.proto.order.v1.CheckoutPreview;
import io.siyu.mall.proto.order.v1.Payment;
import io.siyu.mall.proto.order.v1.PaymentIntent;
import io.siyu.mall.proto.order.v1.PriceReduction;
import io.siyu.mall.proto.order.v1.PricedLine;
import io.siyu.mall.proto.order.v1.Trade;
import io.siyu.mall.text.Bounds;
import io.siyu.mall.text.TextType;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** From the goods chosen to the payment. */
final class CheckoutViews {

  private CheckoutViews() {}

  /** Where a trade stands. */
  public enum TradeState {
    PENDING_PAYMENT,
    PAID,
    CANCELLED
  }

  /** Who takes the money. */
  public enum PaymentProvider {
    WECHAT_PAY
  }

  /** Where a payment stands. */
  public enum PaymentState {
    CREATED,
    PREPAID,
    SUCCEEDED,
    CLOSED
  }

  /** So many of a SKU. */
  public record ShopCheckoutLineRequest(
      @NotBlank @Text(TextType.ID) String skuId,
      @NotNull @Min(1) @Max(Bounds.QUANTITY) Integer quantity) {

    CheckoutLine line() {
      return CheckoutLine.newBuilder().setSkuId(skuId).setQuantity(quantity).build();
    }
  }

  /** What would it cost. */
  public record ShopCheckoutRequest(
      @NotEmpty @Size(max = Bounds.LINES) List<@Valid @NotNull ShopCheckoutLineRequest> lines,
      @Text(TextType.ID) String addressId,
      @Text(TextType.ID) String touchId) {}

  /**
   * Buying it.
   *
   * @param priceToken of the preview; with it the trade is refused (PRICE_CHANGED) when prices
   *     moved
   */
  public record ShopTradeRequest(
      @NotEmpty @Size(max = Bounds.LINES) List<@Valid @NotNull ShopCheckoutLineRequest> lines,
      @NotBlank @Text(TextType.ID) String addressId,
      @Text(TextType.ID) String touchId,
      @Text(TextType.PRICE_TOKEN) String priceToken,
      @Text(TextType.NOTE) String note) {}

  /** Why the member does not want it. */
  public record ShopCancelRequest(@Text(TextType.REASON) String reason) {}

  /** How the member pays. */
  public record ShopPaymentRequest(@NotNull PaymentProvider provider) {}

  /** A rule that made a line cheaper, and by how much. */
  public record ShopReduction(String rule, String title, long amountFen) {

    static ShopReduction of(PriceReduction reduction) {
      return new ShopReduction(
          reduction.getRule(), reduction.getTitle(), Fen.of(reduction.getAmount()));
    }
  }

  /** A line with its price: payable = unit price × quantity − reductions. */
  public record ShopPricedLine(
      String skuId,
      String productId,
      String brandId,
      String brandName,
      String title,
      @Nullable String specText,
      @Nullable String coverUrl,
      long quantity,
      long unitPriceFen,
      List<ShopReduction> reductions,
      long payableFen) {

    static ShopPricedLine of(PricedLine line) {
      return new ShopPricedLine(
          line.getSkuId(),
          line.getProductId(),
          line.getBrandId(),
          line.getBrandName(),
          line.getTitle(),
          Wire.text(line.getSpecText()),
          Wire.text(line.getCoverUrl()),
          line.getQuantity(),
          Fen.of(line.getUnitPrice()),
          Wire.list(line.getReductionsList(), ShopReduction::of),
          Fen.of(line.getPayable()));
    }
  }

  /** The preview; nothing has happened yet. */
  public record ShopCheckout(
      List<ShopPricedLine> lines,
      long goodsTotalFen,
      long reductionTotalFen,
      long freightTotalFen,
      long payableFen,
      String priceToken) {

    static ShopCheckout of(CheckoutPreview preview) {
      return new ShopCheckout(
          Wire.list(preview.getLinesList(), ShopPricedLine::of),
          Fen.of(preview.getGoodsTotal()),
          Fen.of(preview.getReductionTotal()),
          Fen.of(preview.getFreightTotal()),
          Fen.of(preview.getPayable()),
          preview.getPriceToken());
    }
  }

  /** One payment over one order per brand. */
  public record ShopTrade(
      String tradeId,
      TradeState state,
      long payableFen,
      List<ShopOrder> orders,
      @Nullable Instant placedAt,
      @Nullable Instant expiresAt,
      @Nullable Instant paidAt) {

    static ShopTrade of(Trade trade) {
      return new ShopTrade(
          trade.getTradeId(),
          Wire.read(TradeState.class, trade.getState(), "TRADE_"),
          Fen.of(trade.getPayable()),
          Wire.list(trade.getOrdersList(), ShopOrder::of),
          Wire.instant(trade.hasPlacedAt(), trade.getPlacedAt()),
          Wire.instant(trade.hasExpiresAt(), trade.getExpiresAt()),
          Wire.instant(trade.hasPaidAt(), trade.getPaidAt()));
    }
  }

  /**
   * What the client needs to pay.
   *
   * @param clientParameters of {@code wx.requestPayment}: appId, timeStamp, nonceStr, package,
   *     signType, paySign
   */
  public record ShopPaymentIntent(
      String paymentId, Map<String, String> clientParameters, @Nullable Instant expiresAt) {

    static ShopPaymentIntent of(PaymentIntent intent) {
      return new ShopPaymentIntent(
          intent.getPaymentId(),
          Map.copyOf(intent.getClientParametersMap()),
          Wire.instant(intent.hasExpiresAt(), intent.getExpiresAt()));
    }
  }

  /** A payment after the provider was asked. */
  public record ShopPayment(
      String paymentId,
      String tradeId,
      PaymentState state,
      long amountFen,
      @Nullable Instant succeededAt) {

    static ShopPayment of(Payment payment) {
      return new ShopPayment(
          payment.getPaymentId(),
          payment.getTradeId(),
          Wire.read(PaymentState.class, payment.getState(), "PAYMENT_"),
          Fen.of(payment.getAmount()),
          Wire.instant(payment.hasSucceededAt(), payment.getSucceededAt()));
    }
  }
}
