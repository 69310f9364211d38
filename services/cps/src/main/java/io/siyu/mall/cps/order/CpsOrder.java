package io.siyu.mall.cps.order;

import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An outside order: everything heard of it, taken together. Documents and claw-backs may come in
 * any order and any number of times; the end is the same. Immutable.
 *
 * @param subAffiliateId null if it came without one
 * @param credit null while nobody is credited
 * @param decidedAt as of when it was decided who is credited; null while it is not. Without a
 *     credit: the distributor whose id it came with was not active, so that nobody is, unless a
 *     claim is accepted
 * @param payable settled, and the platform's payment month is closed; never taken back
 * @param documentHash of the document that the order is as it is by
 * @param revision grows with every change; 0 for one that is not stored yet
 */
public record CpsOrder(
    CpsOrderKey key,
    CpsOrderState state,
    Goods goods,
    Figures figures,
    Times times,
    String subAffiliateId,
    Credit credit,
    Instant decidedAt,
    boolean payable,
    String documentHash,
    long revision) {

  /** An order as its first document tells it. */
  public static CpsOrder of(OrderDocument d) {
    return new CpsOrder(
        d.key(),
        d.state(),
        new Goods(d.title(), d.itemId(), d.quantity()),
        new Figures(d.paid(), d.estimated(), d.settled(), d.fee(), Money.ZERO),
        Times.of(d),
        d.subAffiliateId(),
        null,
        null,
        false,
        d.hash(),
        0);
  }

  public UUID id() {
    return key.id();
  }

  /** The order with one more document. What is less final, or older, changes no figure. */
  public CpsOrder with(OrderDocument d) {
    if (!key.equals(d.key())) {
      throw new IllegalArgumentException("a document of another order");
    }
    boolean newer = compare(d) > 0;
    Figures taken =
        newer
            ? new Figures(d.paid(), d.estimated(), d.settled(), d.fee(), figures.clawedBack())
            : figures;
    return new CpsOrder(
            key,
            d.state().compareTo(state) > 0 ? moveTo(d.state()) : state,
            newer ? new Goods(d.title(), d.itemId(), d.quantity()) : goods,
            taken,
            times.with(d, newer),
            subAffiliateId == null ? d.subAffiliateId() : subAffiliateId,
            credit,
            decidedAt,
            payable,
            newer ? d.hash() : documentHash,
            revision)
        .withClawedBack(taken.clawedBack());
  }

  /**
   * The order with what the platform takes back in all, as it stands now; it may be told before the
   * settlement. It grows less when a dispute that was granted is refused later.
   */
  public CpsOrder withClawedBack(Money total) {
    Figures now =
        new Figures(figures.paid(), figures.estimated(), figures.settled(), figures.fee(), total);
    CpsOrderState next =
        now.settled() == null
            ? state
            : moveTo(total.isPositive() ? CpsOrderState.CLAWED_BACK : CpsOrderState.SETTLED);
    return new CpsOrder(
        key,
        next,
        goods,
        now,
        times,
        subAffiliateId,
        credit,
        decidedAt,
        payable,
        documentHash,
        revision);
  }

  /**
   * The order as it is decided by the id that it came with; the first decision stays.
   *
   * @param wanted null: nobody is credited
   */
  public CpsOrder decided(Credit wanted, Instant asOf) {
    return decidedAt != null ? this : credited(wanted, asOf);
  }

  /** The order with somebody credited by a claim; who is credited already stays. */
  public CpsOrder claimed(Credit wanted, Instant asOf) {
    return credit != null ? this : credited(wanted, asOf);
  }

  private CpsOrder credited(Credit wanted, Instant asOf) {
    return new CpsOrder(
        key,
        state,
        goods,
        figures,
        times,
        subAffiliateId,
        wanted,
        asOf,
        payable,
        documentHash,
        revision);
  }

  /** The order as the business clock makes it: payable once the payment month is closed. */
  public CpsOrder at(Instant now) {
    boolean due =
        state.isSettled() && times.payableFrom() != null && !now.isBefore(times.payableFrom());
    return payable || !due
        ? this
        : new CpsOrder(
            key,
            state,
            goods,
            figures,
            times,
            subAffiliateId,
            credit,
            decidedAt,
            true,
            documentHash,
            revision);
  }

  /** The next revision. */
  public CpsOrder changed() {
    return new CpsOrder(
        key,
        state,
        goods,
        figures,
        times,
        subAffiliateId,
        credit,
        decidedAt,
        payable,
        documentHash,
        revision + 1);
  }

  /** What a share of the commission comes to now: nothing of an invalid order. */
  public Money share(int basisPoints) {
    if (state == CpsOrderState.INVALID) {
      return Money.ZERO;
    }
    Money base = figures.base();
    Money earned = new BasisPoints(basisPoints).of(base, RoundingMode.DOWN);
    Money back = figures.takenBack();
    return back.isZero()
        ? earned
        : earned.minus(earned.portion(back.minor(), base.minor(), RoundingMode.DOWN));
  }

  private CpsOrderState moveTo(CpsOrderState next) {
    if (next != state) {
      CpsOrderState.TABLE.check(state, next);
    }
    return next;
  }

  /** More final wins, then the newer one, then the hash, so that there is always one winner. */
  private int compare(OrderDocument d) {
    CpsOrderState told = state == CpsOrderState.CLAWED_BACK ? CpsOrderState.SETTLED : state;
    int byState = d.state().compareTo(told);
    if (byState != 0) {
      return byState;
    }
    int byTime = d.modifiedAt().compareTo(times.modifiedAt());
    return byTime != 0 ? byTime : d.hash().compareTo(Objects.requireNonNull(documentHash));
  }
}
