package io.siyu.mall.order.payment;

import static io.siyu.mall.order.fixture.Samples.NOON;
import static io.siyu.mall.order.fixture.Samples.goods;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.order.fixture.Memory;
import io.siyu.mall.order.fixture.Samples;
import io.siyu.mall.order.order.Actor;
import io.siyu.mall.order.order.Order;
import io.siyu.mall.order.order.OrderState;
import io.siyu.mall.order.order.Trade;
import io.siyu.mall.order.order.TradeId;
import io.siyu.mall.order.order.TradeState;
import io.siyu.mall.order.payment.PaymentProvider.PaymentReport;
import io.siyu.mall.order.payment.PaymentProvider.PaymentStatus;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.test.TestClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaymentCommandsTest {

  private static final Cancellation CANCELLED = new Cancellation("不要了", Actor.MEMBER);

  private final Memory memory = new Memory();
  private final TestClock clock = new TestClock();
  private final PaymentCommands commands =
      new PaymentCommands(
          memory.trades(),
          memory.orders(),
          memory.payments(),
          memory.refunds(),
          Memory.paymentConfig(),
          clock);
  private final UUID member = Ids.next();
  private final Trade trade = place();

  private Trade place() {
    clock.set(NOON);
    Trade placed =
        Trade.place(TradeId.next(), member, 1, Money.fen(300), NOON, Duration.ofMinutes(30));
    memory.trades.put(placed.id(), placed);
    for (int i = 0; i < 2; i++) {
      Order order = Samples.placed(placed.id(), member, goods(1, 150));
      order.drainEvents();
      memory.orders.put(order.id(), order);
    }
    return placed;
  }

  @Test
  void theOpenAttemptOfAPayerIsGoneOnWith() {
    Payment first = attempt("a");
    assertSame(first, attempt("a"));
    assertNotSame(first, attempt("b"));
    assertEquals(2, memory.payments.size());
    assertEquals(trade.payable(), first.amount());
  }

  @Test
  void nobodyElsePaysAndNotTooLate() {
    refuses(
        "TRADE_NOT_FOUND",
        commands.attempt(trade.id(), Set.of(Ids.next()), Provider.WECHAT_PAY, "a"));
    clock.set(NOON.plus(Duration.ofMinutes(30)));
    refuses(
        "TRADE_NOT_PAYABLE",
        commands.attempt(trade.id(), Set.of(member), Provider.WECHAT_PAY, "a"));
  }

  @Test
  void aSuccessPaysOnceEvenBeforeThePrepaymentWasNoted() {
    Payment payment = attempt("a");
    succeed(payment);
    succeed(payment);
    assertEquals(TradeState.PAID, trade.state());
    assertTrue(payment.kept());
    assertTrue(memory.orders.values().stream().allMatch(o -> o.state() == OrderState.PAID));
    assertEquals(2, memory.events.size());
    assertTrue(memory.refunds.isEmpty());
  }

  @Test
  void anotherAmountIsNotTaken() {
    Payment payment = attempt("a");
    refuses(
        "PAYMENT_MISMATCH",
        commands.succeeded(trade.id(), payment.id(), report(payment, Money.fen(299))));
    assertEquals(PaymentState.CREATED, payment.state());
    assertEquals(TradeState.PENDING_PAYMENT, trade.state());
  }

  @Test
  void aSuccessAfterTheCancellationIsGivenBackWhole() {
    Payment payment = attempt("a");
    assertTrue(cancel(List.of(payment.id())));
    assertEquals(PaymentState.CLOSED, payment.state());
    succeed(payment);
    assertEquals(TradeState.CANCELLED, trade.state());
    Refund refund = memory.refunds.values().iterator().next();
    assertEquals(payment.amount(), refund.amount());
    assertEquals(null, refund.orderId());
    assertFalse(payment.kept());
  }

  @Test
  void aPaymentThatWasNotClosedAtTheProviderStopsTheCancellation() {
    Payment payment = attempt("a");
    assertFalse(cancel(List.of()));
    assertEquals(TradeState.PENDING_PAYMENT, trade.state());
    assertTrue(cancel(List.of(payment.id())));
    refuses("TRADE_NOT_PAYABLE", commands.prepaid(trade.id(), payment.id()));
  }

  /**
   * In whatever order messages about two attempts and a cancellation come, money is kept once or
   * not at all.
   */
  @Property(tries = 300)
  void moneyIsKeptAtMostOnce(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 4) Integer> moves) {
    PaymentCommandsTest shop = new PaymentCommandsTest();
    List<Payment> attempts = new ArrayList<>(List.of(shop.attempt("a"), shop.attempt("b")));
    for (int move : moves) {
      switch (move) {
        case 0, 1 -> shop.succeed(attempts.get(move));
        case 2, 3 ->
            shop.commands
                .closed(shop.trade.id(), attempts.get(move - 2).id())
                .await()
                .indefinitely();
        default -> {
          if (shop.trade.state() != TradeState.PAID) {
            shop.cancel(attempts.stream().map(Payment::id).toList());
          }
        }
      }
    }
    long kept = attempts.stream().filter(Payment::kept).count();
    assertEquals(shop.trade.state() == TradeState.PAID ? 1 : 0, kept);
    long succeeded = attempts.stream().filter(p -> p.state() == PaymentState.SUCCEEDED).count();
    assertEquals(succeeded - kept, shop.memory.refunds.size());
    assertEquals(
        kept * 2,
        shop.memory.events.stream()
            .filter(e -> e instanceof io.siyu.mall.order.order.OrderEvent.Paid)
            .count());
  }

  private Payment attempt(String openid) {
    return commands
        .attempt(trade.id(), Set.of(member), Provider.WECHAT_PAY, openid)
        .await()
        .indefinitely()
        .payment();
  }

  private void succeed(Payment payment) {
    commands
        .succeeded(trade.id(), payment.id(), report(payment, payment.amount()))
        .await()
        .indefinitely();
  }

  private boolean cancel(List<PaymentId> closed) {
    return commands.cancel(trade.id(), closed, CANCELLED).await().indefinitely();
  }

  private static PaymentReport report(Payment payment, Money amount) {
    return new PaymentReport(PaymentStatus.SUCCEEDED, payment.number(), "42", amount);
  }

  private static void refuses(String reason, Uni<?> call) {
    DomainException refusal =
        assertThrows(DomainException.class, () -> call.await().indefinitely());
    assertEquals(reason, refusal.reason());
  }
}
