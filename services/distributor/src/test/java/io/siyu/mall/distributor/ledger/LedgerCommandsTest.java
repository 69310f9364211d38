package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.siyu.mall.distributor.rule.CommissionTerms;
import io.siyu.mall.platform.money.BasisPoints;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The use case with everything in memory. */
class LedgerCommandsTest {

  private final InMemoryBook book = new InMemoryBook();
  private final List<UUID> buyers = new ArrayList<>();
  private final LedgerCommands commands =
      new LedgerCommands(
          book,
          (tx, orders) -> {
            orders.forEach(order -> buyers.add(order.memberId()));
            return Uni.createFrom().voidItem();
          });

  private static Scenarios.Plan plan(long number, boolean completed) {
    return new Scenarios.Plan(
        new UUID(7, number),
        List.of(
            new Scenarios.LinePlan(
                1,
                10_000,
                new CommissionTerms.Rate(new BasisPoints(1_000)),
                new CommissionTerms.Rate(new BasisPoints(200)),
                true,
                List.of(),
                0,
                false)),
        completed,
        completed);
  }

  @Test
  void aBatchOverManyOrdersIsBookedAtOnce() {
    List<OrderChange> changes = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      changes.addAll(Scenarios.events(plan(i, i > 2)));
    }
    commands.book(null, changes).await().indefinitely();
    Account seller = book.account(Scenarios.SELLER);
    assertEquals(Money.fen(2_000), seller.balance(Bucket.PENDING));
    assertEquals(Money.fen(3_000), seller.balance(Bucket.AVAILABLE));
    assertEquals(Money.fen(600), book.account(Scenarios.UPLINE).balance(Bucket.AVAILABLE));
    assertEquals(5, buyers.size());
    // Paid for all five; received and completed for three; two levels each.
    assertEquals((5 + 3 + 3) * 2, book.journal.size());
  }

  @Test
  void aRepeatedBatchWritesNothing() {
    List<OrderChange> changes = Scenarios.events(plan(1, true));
    commands.book(null, changes).await().indefinitely();
    int entries = book.journal.size();
    commands.book(null, changes).await().indefinitely();
    assertEquals(entries, book.journal.size());
    assertEquals(1, buyers.size());
  }

  @Test
  void anOrderThatNobodyIsCreditedWithIsStillRemembered() {
    OrderChange.Received received = new OrderChange.Received(new UUID(7, 9), Scenarios.START, null);
    commands.book(null, List.of(received)).await().indefinitely();
    assertEquals(
        Scenarios.START,
        book.lockOrders(null, List.of(new UUID(7, 9)))
            .await()
            .indefinitely()
            .get(new UUID(7, 9))
            .receivedAt());
    assertEquals(0, book.journal.size());
  }
}
