package io.siyu.mall.distributor.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class AccountPropertiesTest {

  private static final UUID SELLER = new UUID(1, 1);

  @Property
  void whatIsTakenBackAndWhatBecomesAvailableNetToOneSide(
      @ForAll @Size(max = 30) List<@LongRange(min = -10_000, max = 10_000) Long> amounts) {
    Account account = Account.empty(SELLER);
    long position = 0;
    for (long amount : amounts) {
      List<Posting> postings = account.settle(Money.fen(amount));
      position += amount;
      assertEquals(amount, postings.stream().mapToLong(p -> p.amount().minor()).sum());
      assertEquals(Math.max(position, 0), account.balance(Bucket.AVAILABLE).minor());
      assertEquals(Math.max(-position, 0), account.owed().minor());
    }
  }

  @Example
  void aDebtIsPaidBeforeAnythingIsAvailable() {
    Account account = Account.empty(SELLER);
    account.settle(Money.fen(-300));
    List<Posting> postings = account.settle(Money.fen(1_000));
    assertEquals(2, postings.size());
    assertEquals(Money.fen(700), account.balance(Bucket.AVAILABLE));
    assertEquals(Money.ZERO, account.owed());
  }

  @Property
  void nothingIsLostWhenOneMemberGoesOnAsAnother(
      @ForAll @LongRange(min = -10_000, max = 10_000) long theirs,
      @ForAll @LongRange(min = -10_000, max = 10_000) long ours,
      @ForAll @LongRange(min = 0, max = 10_000) long pending) {
    Account from = Account.empty(SELLER);
    Account to = Account.empty(new UUID(1, 2));
    from.settle(Money.fen(theirs));
    from.post(Bucket.PENDING, Money.fen(pending));
    to.settle(Money.fen(ours));
    List<Posting> postings = from.moveTo(to);
    assertEquals(0, postings.stream().mapToLong(p -> p.amount().minor()).sum());
    for (Bucket bucket : Bucket.values()) {
      assertEquals(Money.ZERO, from.balance(bucket), bucket.name());
    }
    assertEquals(pending, to.balance(Bucket.PENDING).minor());
    assertEquals(Math.max(theirs + ours, 0), to.balance(Bucket.AVAILABLE).minor());
    assertEquals(Math.max(-theirs - ours, 0), to.owed().minor());
  }

  @Example
  void aBucketIsNeverOverdrawn() {
    Account account = Account.empty(SELLER);
    account.post(Bucket.FROZEN, Money.fen(5));
    assertThrows(IllegalStateException.class, () -> account.post(Bucket.FROZEN, Money.fen(-6)));
    assertEquals(Money.fen(5), account.balance(Bucket.FROZEN));
  }

  @Example
  void anEntryThatDoesNotBalanceCannotBeMade() {
    List<Posting> postings =
        List.of(
            new Posting(OwnerKind.DISTRIBUTOR, SELLER, Bucket.PENDING, Money.fen(5)),
            new Posting(OwnerKind.BRAND, new UUID(2, 2), Bucket.GENERAL, Money.fen(-4)));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Entry.ofWithdrawal(new UUID(3, 3), SELLER, "PAID", Instant.EPOCH, postings));
    assertTrue(refusal.getMessage().contains("must balance"));
  }
}
