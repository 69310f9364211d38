package io.siyu.mall.order.checkout;

import io.siyu.mall.order.client.CatalogClient;
import io.siyu.mall.order.client.CatalogClient.Quote;
import io.siyu.mall.order.client.DistributorClient;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.Address;
import io.siyu.mall.order.order.AddressSeal;
import io.siyu.mall.order.order.AttributionSnapshot;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.OrderConfig;
import io.siyu.mall.order.order.OrderDraft;
import io.siyu.mall.order.order.OrderId;
import io.siyu.mall.order.order.PlacedRows;
import io.siyu.mall.order.order.PublicNumber;
import io.siyu.mall.order.order.Trade;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.order.TradeView;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Places a trade. Before the transaction: quote (read) → attribute (read) → hold the stock of each
 * order. In it, shared with the trades of the same moment: trade, orders, events and the stored
 * answer. No step is undone by a later service: what was held and does not become an order is given
 * back at once when that is certain, and by its own end when it is not (the answer of a commit may
 * get lost; giving back then could rob an order).
 */
@ApplicationScoped
public class PlaceTrade {

  /** The unique key over member and number. */
  private static final String SEQUENCE = "trade_member";

  private static final int MAX_OVERTAKEN = 5;

  private final CatalogClient catalog;
  private final DistributorClient distributors;
  private final StockHolds holds;
  private final PriceTokens tokens;
  private final AddressSeal seal;
  private final Buyers buyers;
  private final HoldLimits limits;
  private final OrderConfig config;
  private final Clock clock;

  PlaceTrade(
      CatalogClient catalog,
      DistributorClient distributors,
      StockHolds holds,
      PriceTokens tokens,
      AddressSeal seal,
      Buyers buyers,
      HoldLimits limits,
      OrderConfig config,
      Clock clock) {
    this.catalog = catalog;
    this.distributors = distributors;
    this.holds = holds;
    this.tokens = tokens;
    this.seal = seal;
    this.buyers = buyers;
    this.limits = limits;
    this.config = config;
    this.clock = clock;
  }

  /**
   * A wish to buy.
   *
   * @param touchId empty when the client knows of none
   * @param priceToken empty to accept whatever it costs now
   */
  public record Wish(
      UUID memberId,
      Basket basket,
      String touchId,
      String priceToken,
      Address address,
      String note) {}

  /**
   * Everything the transaction needs: it asks nobody.
   *
   * @param sequence of the new trade among the member's, after those that the limits were checked
   *     against
   */
  public record Prepared(
      Wish wish,
      PricedBasket priced,
      long sequence,
      Map<UUID, AttributionSnapshot> attribution,
      StockHolds.Held held) {

    Prepared after(Buyer buyer) {
      return new Prepared(wish, priced, buyer.nextSequence(), attribution, held);
    }
  }

  /** What the goods of a basket cost now. */
  public Uni<PricedBasket> price(Basket basket) {
    return catalog
        .quote(List.copyOf(basket.quantities().keySet()))
        .map(quotes -> Pricing.price(basket, quotes));
  }

  /**
   * The steps before the transaction. A repeat of the same request holds the same stock under the
   * same order ids.
   *
   * @return fails with SKU_NOT_SELLABLE, PRICE_CHANGED, OUT_OF_STOCK, as {@link Buyer#check} does,
   *     and with what the services refuse
   */
  public Uni<Prepared> prepare(Wish wish, PlacingIds ids) {
    // The member's trades are read while the catalogue answers.
    return Jobs.comeBack(
            Uni.combine().all().unis(price(wish.basket()), buyers.of(wish.memberId())).asTuple())
        .invoke(asked -> tokens.check(wish.priceToken(), wish.memberId(), asked.getItem1()))
        .invoke(asked -> asked.getItem2().check(asked.getItem1(), limits, clock.instant()))
        .chain(asked -> hold(wish, ids, asked.getItem1(), asked.getItem2()));
  }

  private Uni<Prepared> hold(Wish wish, PlacingIds ids, PricedBasket priced, Buyer buyer) {
    return distributors
        .attribute(wish.memberId(), wish.touchId(), quotes(priced))
        .chain(
            attribution ->
                holds
                    .hold(priced, ids)
                    .map(
                        held ->
                            new Prepared(wish, priced, buyer.nextSequence(), attribution, held)));
  }

  /**
   * A trade that is placed, once its rows are committed.
   *
   * @param view what will be read of it
   */
  public record Placed(PlacedRows rows, TradeView view) {}

  /**
   * Places what was prepared. When another trade of the member was placed meanwhile, the limits are
   * checked again with that.
   *
   * @return fails as {@link Buyer#check} does and as writing does; then nothing is placed
   */
  public <R> Uni<R> place(Prepared prepared, Function<Placed, Uni<R>> write) {
    return place(prepared, write, MAX_OVERTAKEN);
  }

  private <R> Uni<R> place(Prepared prepared, Function<Placed, Uni<R>> write, int tries) {
    return write
        .apply(place(prepared))
        .onFailure(failure -> tries > 0 && DatabaseErrors.isDuplicateKey(failure, SEQUENCE))
        .recoverWithUni(
            () ->
                Jobs.comeBack(buyers.of(prepared.wish().memberId()))
                    .invoke(buyer -> buyer.check(prepared.priced(), limits, clock.instant()))
                    .chain(buyer -> place(prepared.after(buyer), write, tries - 1)));
  }

  /** Gives back what is held for a trade that failed, unless it may have been placed after all. */
  public Uni<Void> undo(Prepared prepared, Throwable failure) {
    boolean certain =
        DatabaseErrors.isRefused(failure)
            || failure instanceof DomainException refusal && refusal.kind() != Kind.UNAVAILABLE;
    return certain ? holds.giveBack(prepared.held()) : Uni.createFrom().voidItem();
  }

  private Placed place(Prepared prepared) {
    Instant now = clock.instant();
    Trade trade =
        Trade.place(
            prepared.held().tradeId(),
            prepared.wish().memberId(),
            prepared.sequence(),
            prepared.priced().payable(),
            now,
            Buyer.scarce(prepared.priced(), limits)
                ? limits.scarcePaymentTimeout()
                : config.paymentTimeout());
    List<Order> placed = new ArrayList<>();
    prepared
        .priced()
        .byBrand()
        .forEach((brand, lines) -> placed.add(order(prepared, brand, lines, trade.id(), now)));
    return new Placed(PlacedRows.of(trade, placed), TradeView.ofNew(trade, placed));
  }

  private Order order(
      Prepared prepared, String brandCode, List<PricedLine> lines, TradeId trade, Instant now) {
    Quote any = lines.get(0).sku();
    OrderId id = prepared.held().orders().get(brandCode);
    return Order.place(
        new OrderDraft(
            id,
            PublicNumber.next(now),
            trade,
            prepared.wish().memberId(),
            any.brandId(),
            brandCode,
            any.brandName(),
            lines.stream().map(line -> line(line, prepared.attribution())).toList(),
            Money.ZERO,
            seal.seal(id, prepared.wish().memberId(), prepared.wish().address()),
            prepared.wish().note()),
        Actor.MEMBER,
        now);
  }

  private static OrderDraft.Line line(PricedLine line, Map<UUID, AttributionSnapshot> attribution) {
    Quote sku = line.sku();
    return new OrderDraft.Line(
        Ids.next(),
        sku.skuId(),
        sku.productId(),
        sku.title(),
        sku.specText(),
        sku.coverUrl(),
        line.quantity(),
        line.unitPrice(),
        line.reductions(),
        sku.afterSaleDays(),
        attribution.getOrDefault(sku.skuId(), AttributionSnapshot.NOBODY));
  }

  private static List<Quote> quotes(PricedBasket priced) {
    return priced.lines().stream().map(PricedLine::sku).toList();
  }
}
