package io.siyu.mall.order.checkout;

import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.platform.error.DomainException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A member's last trades, as far as they say whether one more may hold stock: how many wait for
 * their payment, what these hold, and how many ended without one.
 *
 * @param last newest first, at most {@link HoldLimits#lastTrades}
 */
public record Buyer(List<Recent> last) {

  public static final String TOO_MANY_UNPAID_TRADES = "TOO_MANY_UNPAID_TRADES";
  public static final String TOO_MANY_PIECES_HELD = "TOO_MANY_PIECES_HELD";
  public static final String PLACING_PAUSED = "PLACING_PAUSED";

  private static final int PERCENT = 100;
  private static final int MAX_DOUBLINGS = 20;

  /**
   * One trade.
   *
   * @param sequence the member's trades are numbered, so that two at once cannot both be next
   * @param expiresAt until when it waits for its payment
   * @param cancelledAt null unless it was
   * @param pieces held by it, by SKU; empty when it no longer waits
   */
  public record Recent(
      long sequence,
      TradeState state,
      Instant placedAt,
      Instant expiresAt,
      Instant cancelledAt,
      Map<UUID, Long> pieces) {

    boolean waits() {
      return state == TradeState.PENDING_PAYMENT;
    }
  }

  /** The number of the next trade. */
  public long nextSequence() {
    return last.isEmpty() ? 1 : last.get(0).sequence() + 1;
  }

  /**
   * Whether one more trade may be placed.
   *
   * @throws DomainException FAILED_PRECONDITION, each saying {@code again_at}: PLACING_PAUSED,
   *     TOO_MANY_UNPAID_TRADES, TOO_MANY_PIECES_HELD; or OUT_OF_STOCK, as that says more
   */
  public void check(PricedBasket wanted, HoldLimits limits, Instant now) {
    checkPause(limits, now);
    checkTrades(limits, now);
    wanted.lines().forEach(line -> checkPieces(line, limits));
  }

  /** Whether the wanted goods are so few that an unpaid trade must not keep them for long. */
  public static boolean scarce(PricedBasket wanted, HoldLimits limits) {
    return wanted.lines().stream()
        .anyMatch(
            line ->
                line.sku().available() - line.quantity() < limits.scarceBelow()
                    || line.quantity() * PERCENT > line.sku().available() * limits.sharePercent());
  }

  private void checkPause(HoldLimits limits, Instant now) {
    List<Recent> remembered =
        last.stream().filter(t -> t.placedAt().plus(limits.memory()).isAfter(now)).toList();
    List<Recent> unpaid = remembered.stream().filter(t -> endedUnpaid(t, limits)).toList();
    long paid = remembered.stream().filter(t -> t.state() == TradeState.PAID).count();
    long tooMany = unpaid.size() - paid - limits.forgivenEndings();
    if (tooMany < 0) {
      return;
    }
    Instant lastEnding =
        unpaid.stream().map(Recent::cancelledAt).max(Comparator.naturalOrder()).orElse(now);
    Duration pause = limits.pause().multipliedBy(1L << Math.min(tooMany, MAX_DOUBLINGS));
    Instant again = lastEnding.plus(shorter(pause, limits.longestPause()));
    if (now.isBefore(again)) {
      throw DomainException.precondition(
              PLACING_PAUSED,
              unpaid.size() + " trades ended unpaid: the next can be placed at " + again)
          .with("again_at", again);
    }
  }

  /** A change of mind within minutes is none; otherwise the goods were kept from others. */
  private static boolean endedUnpaid(Recent trade, HoldLimits limits) {
    return trade.cancelledAt() != null
        && !trade.cancelledAt().isBefore(trade.placedAt().plus(limits.quickCancel()));
  }

  private void checkTrades(HoldLimits limits, Instant now) {
    List<Recent> waiting = last.stream().filter(Recent::waits).toList();
    if (waiting.size() >= limits.unpaidTrades()) {
      throw DomainException.precondition(
              TOO_MANY_UNPAID_TRADES,
              waiting.size() + " trades wait for their payment: pay or cancel one")
          .with("limit", limits.unpaidTrades())
          .with("again_at", earliest(waiting));
    }
    // Beyond these nothing is known: trades that wait could be hidden behind cancelled ones, which
    // cost nothing. Behind paid ones nobody hides any.
    long paid = last.stream().filter(trade -> trade.state() == TradeState.PAID).count();
    if (last.size() >= limits.lastTrades() && paid * 2 < last.size()) {
      Recent oldest = last.get(last.size() - 1);
      if (oldest.expiresAt().isAfter(now)) {
        throw DomainException.precondition(
                TOO_MANY_UNPAID_TRADES,
                "most of the last " + limits.lastTrades() + " trades were not paid")
            .with("limit", limits.lastTrades())
            .with("again_at", oldest.expiresAt());
      }
    }
  }

  private void checkPieces(PricedLine line, HoldLimits limits) {
    UUID sku = line.sku().skuId();
    List<Recent> holding = last.stream().filter(t -> t.pieces().containsKey(sku)).toList();
    long held = holding.stream().mapToLong(t -> t.pieces().get(sku)).sum();
    long share = (line.sku().available() + held) * limits.sharePercent() / PERCENT;
    long allowed = Math.max(limits.pieces(), share);
    if (held + line.quantity() > allowed) {
      if (line.quantity() > line.sku().available()) {
        throw DomainException.precondition("OUT_OF_STOCK", "not enough pieces of " + sku)
            .with("sku_ids", sku);
      }
      DomainException refusal =
          DomainException.precondition(
                  TOO_MANY_PIECES_HELD,
                  "at most "
                      + allowed
                      + " pieces of "
                      + sku
                      + " may wait for a payment at once, and "
                      + held
                      + " do")
              .with("sku_id", sku)
              .with("limit", allowed)
              .with("held", held);
      throw holding.isEmpty() ? refusal : refusal.with("again_at", earliest(holding));
    }
  }

  private static Instant earliest(List<Recent> waiting) {
    return waiting.stream().map(Recent::expiresAt).min(Comparator.naturalOrder()).orElseThrow();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
