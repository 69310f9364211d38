package io.siyu.mall.cps.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a platform tells, in whatever order and however often: the order ends the same. */
class CpsOrderPropertiesTest {

  static final CpsOrderKey KEY = new CpsOrderKey(Platform.TAOBAO, "1", "1");
  static final Instant START = Instant.parse("2026-06-01T00:00:00Z");

  /** A document of the order, or of a claw-back. */
  record Told(OrderDocument document, Clawback clawback) {}

  @Provide
  Arbitrary<List<Told>> stories() {
    Arbitrary<Told> documents =
        Combinators.combine(
                Arbitraries.of(
                    CpsOrderState.PAID,
                    CpsOrderState.RECEIVED,
                    CpsOrderState.INVALID,
                    CpsOrderState.SETTLED),
                Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(0, 500))
            .as((state, minute, fen) -> new Told(document(state, minute, fen), null));
    Arbitrary<Told> clawbacks =
        Combinators.combine(
                Arbitraries.of("r1", "r2", "r3"),
                Arbitraries.of(Clawback.State.class),
                Arbitraries.integers().between(0, 5),
                Arbitraries.integers().between(1, 300))
            .as(
                (refund, state, minute, fen) ->
                    new Told(null, clawback(refund, state, minute, fen)));
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, documents), net.jqwik.api.Tuple.of(1, clawbacks))
        .list()
        .ofMinSize(1)
        .ofMaxSize(12);
  }

  @Property
  void endsTheSame(@ForAll("stories") List<Told> story, @ForAll long seed) {
    List<Told> again = new ArrayList<>(story);
    again.addAll(story);
    java.util.Collections.shuffle(again, new Random(seed));
    assertEquals(tell(story), tell(again));
  }

  @Property
  void neverGoesBackwardsAndNeverGivesMoreBackThanThereWas(@ForAll("stories") List<Told> story) {
    CpsOrder order = null;
    Map<String, Clawback> refunds = new HashMap<>();
    for (Told told : story) {
      CpsOrder next = apply(order, told, refunds);
      if (order != null) {
        assertTrue(
            next.state().compareTo(order.state()) >= 0
                || order.state() == CpsOrderState.CLAWED_BACK
                    && next.state() == CpsOrderState.SETTLED
                    && next.figures().clawedBack().isZero(),
            order.state() + " " + next.state());
      }
      order = next;
      if (order != null) {
        assertTrue(order.figures().takenBack().compareTo(order.figures().base()) <= 0);
        Money direct = order.share(7_000);
        assertTrue(!direct.isNegative());
        assertTrue(direct.plus(order.share(3_000)).compareTo(order.figures().base()) <= 0);
      }
    }
  }

  @Property
  void isPayableOnlyWhenSettledAndTheMonthIsClosed(
      @ForAll("stories") List<Told> story, @ForAll boolean early) {
    CpsOrder order = tell(story);
    if (order != null) {
      Instant from = order.times().payableFrom();
      Instant now = from == null ? START.plusSeconds(1) : early ? from.minusMillis(1) : from;
      assertEquals(order.state().isSettled() && !early && from != null, order.at(now).payable());
    }
  }

  private static CpsOrder tell(List<Told> story) {
    CpsOrder order = null;
    Map<String, Clawback> refunds = new HashMap<>();
    for (Told told : story) {
      order = apply(order, told, refunds);
    }
    return order;
  }

  /** As the table of claw-backs does: of one number the newest, and the sum of those in effect. */
  private static CpsOrder apply(CpsOrder order, Told told, Map<String, Clawback> refunds) {
    CpsOrder after = order;
    if (told.document() == null) {
      refunds.merge(
          told.clawback().refundNo(),
          told.clawback(),
          (a, b) -> a.version().compareTo(b.version()) >= 0 ? a : b);
    } else {
      after = order == null ? CpsOrder.of(told.document()) : order.with(told.document());
      after =
          after.decided(
              new Credit(
                  Credit.Reason.SUB_AFFILIATE, new UUID(0, 1), null, "b", 1, 1, null, 7_000, 0),
              START);
    }
    Money sum =
        refunds.values().stream()
            .filter(one -> one.state() == Clawback.State.EFFECTIVE)
            .map(Clawback::amount)
            .reduce(Money.ZERO, Money::plus);
    return after == null ? null : after.withClawedBack(sum);
  }

  @Property
  void whatWasTakenIsGivenBackWhenEveryDisputeIsRefusedLater(@ForAll("stories") List<Told> story) {
    List<Told> refused = new ArrayList<>(story);
    for (String refund : List.of("r1", "r2", "r3")) {
      refused.add(new Told(null, clawback(refund, Clawback.State.DROPPED, 6, 300)));
    }
    CpsOrder order = tell(refused);
    if (order != null) {
      assertEquals(Money.ZERO, order.figures().clawedBack());
      assertTrue(order.state() != CpsOrderState.CLAWED_BACK);
    }
  }

  static Clawback clawback(String refund, Clawback.State state, int minute, long fen) {
    return clawback(KEY, refund, state, minute, fen);
  }

  static Clawback clawback(
      CpsOrderKey key, String refund, Clawback.State state, int minute, long fen) {
    Instant at = START.plusSeconds(60L * minute);
    return new Clawback(
        refund,
        key,
        state,
        Money.fen(fen),
        Money.ZERO,
        Money.ZERO,
        START,
        state == Clawback.State.OPEN ? null : at,
        at,
        refund + " " + state + " " + minute + " " + fen);
  }

  static OrderDocument document(CpsOrderState state, int minute, long fen) {
    return document(KEY, state, minute, fen);
  }

  static OrderDocument document(CpsOrderKey key, CpsOrderState state, int minute, long fen) {
    Instant at = START.plusSeconds(60L * minute);
    boolean settled = state == CpsOrderState.SETTLED;
    return new OrderDocument(
        key,
        state,
        "b",
        "title " + fen,
        "item",
        1,
        Money.fen(9_900),
        Money.fen(fen),
        settled ? Money.fen(fen) : null,
        Money.fen(fen % 7),
        START,
        START,
        state == CpsOrderState.RECEIVED ? at : null,
        settled ? at : null,
        at,
        settled ? at.plusSeconds(3_600) : null,
        state + " " + minute + " " + fen);
  }
}
