package io.siyu.mall.distributor.withdrawal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.attribution.Attribution;
import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.attribution.Reason;
import io.siyu.mall.distributor.distributor.DistributorState;
import io.siyu.mall.distributor.ledger.Account;
import io.siyu.mall.distributor.ledger.Bucket;
import io.siyu.mall.distributor.ledger.InMemoryBook;
import io.siyu.mall.distributor.ledger.LedgerCommands;
import io.siyu.mall.distributor.ledger.LineFacts;
import io.siyu.mall.distributor.ledger.OrderChange;
import io.siyu.mall.distributor.ledger.OwnerKind;
import io.siyu.mall.distributor.ledger.Posting;
import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.distributor.rule.RuleTerms;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/**
 * A member earns, closes, applies again, is suspended and resumed, withdraws and has orders
 * refunded, in any order: the books balance after every step, and at the end everything can be
 * taken.
 */
class PersonModelTest {

  private static final Instant NOW = Instant.parse("2026-06-15T04:00:00Z");
  private static final UUID MEMBER = new UUID(1, 1);
  private static final UUID BRAND = new UUID(2, 1);
  private static final List<WithdrawalState> ENDED =
      List.of(WithdrawalState.PAID, WithdrawalState.FAILED, WithdrawalState.REJECTED);

  private enum Step {
    PAY,
    PAY_MORE,
    COMPLETE,
    COMPLETE_ALSO,
    REFUND,
    CLOSE,
    JOIN,
    SUSPEND,
    RESUME,
    WITHDRAW,
    WITHDRAW_ALSO,
    APPROVE,
    APPROVE_ALSO,
    REJECT,
    TRANSFER,
    TRANSFER_FAILS
  }

  private record Order(UUID id, UUID line, Money paid) {}

  @Property(tries = 300)
  void nothingIsEverStranded(
      @ForAll @Size(min = 30, max = 80) List<Step> steps, @ForAll long seed) {
    new Life(new Random(seed)).live(steps);
  }

  /** One member's life with the mall. */
  private static final class Life {

    private final InMemoryBook book = new InMemoryBook();
    private final InMemoryWithdrawals withdrawals = new InMemoryWithdrawals();
    private final LedgerCommands ledger = book.ledger();
    private final WithdrawalCommands commands =
        new WithdrawalCommands(
            withdrawals,
            withdrawals,
            book,
            new TestWithdrawalConfig(0, 1),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final List<Order> orders = new ArrayList<>();
    private final List<UUID> requests = new ArrayList<>();
    private UUID seat;
    private DistributorState state = DistributorState.CLOSED;
    private int seats;

    private final Random random;

    Life(Random random) {
      this.random = random;
    }

    void live(List<Step> steps) {
      join();
      for (Step step : steps) {
        int entries = book.journal.size();
        act(step);
        if (book.journal.size() > entries) {
          assertBalanced();
        }
      }
      state = state == DistributorState.SUSPENDED ? DistributorState.ACTIVE : state;
      withdrawals.suspended.clear();
      orders.forEach(this::complete);
      finish();
      Account account = book.account(MEMBER);
      if (account.balance(Bucket.AVAILABLE).isPositive()) {
        request(account.balance(Bucket.AVAILABLE));
        finish();
      }
      assertBalanced();
      for (Bucket bucket :
          List.of(Bucket.PENDING, Bucket.FROZEN, Bucket.AVAILABLE, Bucket.WITHDRAWING)) {
        assertEquals(Money.ZERO, book.account(MEMBER).balance(bucket), bucket + " is stranded");
      }
      requests.forEach(id -> assertTrue(ENDED.contains(withdrawals.state(id))));
    }

    private void act(Step step) {
      switch (step) {
        case PAY, PAY_MORE -> pay(1 + random.nextInt(300_000));
        case COMPLETE, COMPLETE_ALSO -> one(orders).forEach(this::complete);
        case REFUND -> one(orders).forEach(this::refund);
        case CLOSE -> move(DistributorState.CLOSED);
        case JOIN -> {
          if (state == DistributorState.CLOSED) {
            join();
          }
        }
        case SUSPEND -> {
          if (state == DistributorState.ACTIVE) {
            move(DistributorState.SUSPENDED);
          }
        }
        case RESUME -> {
          if (state == DistributorState.SUSPENDED) {
            move(DistributorState.ACTIVE);
          }
        }
        case WITHDRAW, WITHDRAW_ALSO -> {
          long available = book.account(MEMBER).balance(Bucket.AVAILABLE).minor();
          if (available > 0 && state != DistributorState.SUSPENDED) {
            request(Money.fen(1 + random.nextLong(available)));
          }
        }
        case APPROVE, APPROVE_ALSO -> one(in(WithdrawalState.REQUESTED)).forEach(this::approve);
        case REJECT ->
            one(in(WithdrawalState.REQUESTED))
                .forEach(id -> done(commands.reject(null, id, "不符", "finance")));
        case TRANSFER -> transfer(Status.SUCCESS);
        case TRANSFER_FAILS -> transfer(Status.FAIL);
      }
    }

    private void join() {
      seat = new UUID(9, ++seats);
      book.seat(seat, MEMBER);
      move(DistributorState.ACTIVE);
    }

    private void move(DistributorState next) {
      state = next;
      withdrawals.suspended.clear();
      if (next == DistributorState.SUSPENDED) {
        withdrawals.suspended.add(MEMBER);
      }
    }

    private void pay(long commission) {
      if (state != DistributorState.ACTIVE) {
        return;
      }
      Order order =
          new Order(
              new UUID(7, orders.size()), new UUID(8, orders.size()), Money.fen(commission * 10));
      orders.add(order);
      Attribution attribution =
          new Attribution(
              Reason.TOUCH,
              seat,
              null,
              new UUID(4, 1),
              Channel.LINK,
              null,
              1,
              new UUID(5, 1),
              1,
              new RuleTerms(
                  new CommissionTerms.Rate(new BasisPoints(1_000)),
                  new CommissionTerms.Rate(new BasisPoints(0))),
              "因为。",
              null);
      book(
          new OrderChange.Paid(
              order.id(),
              "NO",
              new UUID(3, 1),
              BRAND,
              "brand",
              NOW,
              NOW,
              Map.of(
                  order.line(),
                  new LineFacts.Sale("sku", "product", "商品", 1, order.paid(), attribution))));
    }

    private void complete(Order order) {
      book(new OrderChange.Received(order.id(), NOW, NOW));
      book(new OrderChange.Completed(order.id(), NOW));
    }

    private void refund(Order order) {
      book(
          new OrderChange.Refunded(
              order.id(), order.line(), "r", 1, order.paid(), 1, order.paid(), NOW));
    }

    private void book(OrderChange change) {
      done(ledger.book(null, List.of(change)));
    }

    private void request(Money amount) {
      if (book.account(MEMBER).owed().isZero()) {
        requests.add(done(commands.request(null, MEMBER, seat, amount)).id());
      }
    }

    private void approve(UUID id) {
      boolean suspended = state == DistributorState.SUSPENDED;
      assertEquals(
          suspended ? WithdrawalState.HELD : WithdrawalState.APPROVED,
          done(commands.approve(null, id, "finance")).state());
    }

    /** As the job does: what is due is claimed, and the provider says how it ended. */
    private void transfer(Status status) {
      for (UUID id : done(withdrawals.due(NOW, 50))) {
        WithdrawalCommands.Attempt attempt = done(commands.claim(null, id));
        if (attempt == null) {
          continue;
        }
        assertTrue(attempt.mayOrder(), "told while suspended");
        Withdrawal w = attempt.withdrawal();
        done(
            commands.hear(
                null, new TransferBill(w.billNo(), "p", status, w.net(), "", status.name())));
      }
    }

    private void finish() {
      in(WithdrawalState.REQUESTED).forEach(this::approve);
      transfer(Status.SUCCESS);
    }

    private List<UUID> in(WithdrawalState wanted) {
      return requests.stream().filter(id -> withdrawals.state(id) == wanted).toList();
    }

    private <T> List<T> one(List<T> of) {
      return of.isEmpty() ? List.of() : List.of(of.get(random.nextInt(of.size())));
    }

    private void assertBalanced() {
      List<Posting> all = book.journal.stream().flatMap(e -> e.postings().stream()).toList();
      assertEquals(Money.ZERO, Money.sum(all.stream().map(Posting::amount).toList()));
      for (Posting posting : all) {
        assertTrue(
            posting.ownerKind() != OwnerKind.DISTRIBUTOR || posting.ownerId().equals(MEMBER));
      }
      for (Bucket bucket : Bucket.values()) {
        Money sum =
            Money.sum(
                all.stream()
                    .filter(p -> p.ownerKind() == OwnerKind.DISTRIBUTOR && p.bucket() == bucket)
                    .map(Posting::amount)
                    .toList());
        assertEquals(sum, book.account(MEMBER).balance(bucket), bucket.name());
      }
    }

    private static <T> T done(Uni<T> work) {
      return work.await().indefinitely();
    }
  }
}
