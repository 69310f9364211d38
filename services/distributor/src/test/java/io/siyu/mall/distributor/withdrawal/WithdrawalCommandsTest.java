package io.siyu.mall.distributor.withdrawal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.siyu.mall.distributor.ledger.Account;
import io.siyu.mall.distributor.ledger.Bucket;
import io.siyu.mall.distributor.ledger.InMemoryBook;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The use cases with everything in memory. */
class WithdrawalCommandsTest {

  private static final Instant NOW = Instant.parse("2026-06-15T04:00:00Z");
  private static final UUID SELLER = new UUID(1, 1);

  private final InMemoryBook book = new InMemoryBook();
  private final InMemoryWithdrawals withdrawals = new InMemoryWithdrawals();
  private final WithdrawalCommands commands =
      new WithdrawalCommands(
          withdrawals, withdrawals, book, new Config(1_000), Clock.fixed(NOW, ZoneOffset.UTC));

  /** A fee of ten percent, to see it go somewhere. */
  private record Config(int feeBasisPoints) implements WithdrawalConfig {
    @Override
    public long minimumFen() {
      return 100;
    }

    @Override
    public long dailyCapFen() {
      return 2_000_000;
    }

    @Override
    public String every() {
      return "off";
    }

    @Override
    public Duration retryMin() {
      return Duration.ofSeconds(2);
    }

    @Override
    public Duration retryMax() {
      return Duration.ofSeconds(10);
    }

    @Override
    public String sceneId() {
      return "1005";
    }

    @Override
    public String scenePost() {
      return "x";
    }

    @Override
    public String sceneReward() {
      return "x";
    }

    @Override
    public String remark() {
      return "x";
    }
  }

  @BeforeEach
  void earned() {
    book.saveAccounts(
            null, List.of(new Account(SELLER, Map.of(Bucket.AVAILABLE, Money.fen(1_000_000)))))
        .await()
        .indefinitely();
  }

  private static <T> T done(Uni<T> work) {
    return work.await().indefinitely();
  }

  private Money balance(Bucket bucket) {
    return book.account(SELLER).balance(bucket);
  }

  private static TransferBill bill(Withdrawal withdrawal, Status status) {
    return new TransferBill(withdrawal.billNo(), "p1", status, withdrawal.net(), "", status.name());
  }

  private Withdrawal paying(long fen) {
    Withdrawal made = done(commands.request(null, SELLER, Money.fen(fen)));
    done(commands.approve(null, made.id(), "finance"));
    return done(commands.claim(null, made.id())).withdrawal();
  }

  @Test
  void aPaidOneSplitsIntoWhatWasTransferredTaxAndFee() {
    Withdrawal withdrawal = paying(1_000_000);
    assertEquals(Money.fen(9_000), withdrawal.tax());
    assertEquals(Money.fen(1_000_000 - 100_000 - 9_000), withdrawal.net());
    done(commands.hear(null, bill(withdrawal, Status.SUCCESS)));
    assertEquals(withdrawal.net(), balance(Bucket.PAID_OUT));
    assertEquals(Money.ZERO, balance(Bucket.WITHDRAWING));
    var last = book.journal.get(book.journal.size() - 1);
    assertEquals("PAID", last.event());
    assertEquals(4, last.postings().size());
    // Said again, by a query or another notification: nothing more.
    done(commands.hear(null, bill(withdrawal, Status.SUCCESS)));
    done(commands.hear(null, bill(withdrawal, Status.FAIL)));
    assertEquals(2, book.journal.size());
    assertEquals(WithdrawalState.PAID, withdrawals.state(withdrawal.id()));
  }

  @Test
  void aFailedOneComesBackWhole() {
    Withdrawal withdrawal = paying(1_000_000);
    done(commands.hear(null, bill(withdrawal, Status.FAIL)));
    assertEquals(Money.fen(1_000_000), balance(Bucket.AVAILABLE));
    assertEquals(0, withdrawals.counted());
  }

  @Test
  void uncertaintyChangesNothingButWhenToAskAgain() {
    Withdrawal withdrawal = paying(10_000);
    done(commands.note(null, withdrawal.id(), "timeout"));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertEquals("timeout", withdrawals.get(withdrawal.id()).failure());
    assertNull(done(commands.claim(null, withdrawal.id())), "not due yet");
    for (Status status : List.of(Status.ACCEPTED, Status.PROCESSING, Status.TRANSFERING)) {
      done(commands.hear(null, bill(withdrawal, status)));
      assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    }
    assertEquals(withdrawal.billNo(), withdrawals.get(withdrawal.id()).billNo());
  }

  @Test
  void anotherAmountIsNotBelieved() {
    Withdrawal withdrawal = paying(10_000);
    TransferBill lie =
        new TransferBill(withdrawal.billNo(), "p1", Status.SUCCESS, Money.fen(1), "", "");
    DomainException refusal =
        assertThrows(DomainException.class, () -> done(commands.hear(null, lie)));
    assertEquals("TRANSFER_AMOUNT_DIFFERS", refusal.reason());
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
  }

  @Test
  void theFirstClaimStartsPayingAndIsTheOnlyOne() {
    Withdrawal made = done(commands.request(null, SELLER, Money.fen(10_000)));
    assertNull(done(commands.claim(null, made.id())), "not approved");
    done(commands.approve(null, made.id(), "finance"));
    assertNotNull(done(commands.claim(null, made.id())));
    assertNull(done(commands.claim(null, made.id())));
    assertEquals(1, withdrawals.get(made.id()).attempts());
    assertFalse(withdrawals.get(made.id()).isDue(NOW.plusSeconds(1)));
  }
}
