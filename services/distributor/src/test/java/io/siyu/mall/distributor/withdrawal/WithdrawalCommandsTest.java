package io.siyu.mall.distributor.withdrawal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.siyu.mall.distributor.ledger.Account;
import io.siyu.mall.distributor.ledger.Bucket;
import io.siyu.mall.distributor.ledger.InMemoryBook;
import io.siyu.mall.distributor.withdrawal.TransferBill.Status;
import io.siyu.mall.distributor.withdrawal.WithdrawalCommands.Inquiry;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The use cases with everything in memory. */
class WithdrawalCommandsTest {

  private static final Instant NOW = Instant.parse("2026-06-15T04:00:00Z");
  private static final UUID SELLER = new UUID(1, 1);
  private static final UUID SEAT = new UUID(1, 2);
  private static final Duration SETTLE = Duration.ofMinutes(10);

  private final InMemoryBook book = new InMemoryBook();
  private final InMemoryWithdrawals withdrawals = new InMemoryWithdrawals();
  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };
  private Instant now = NOW;
  private final WithdrawalCommands commands =
      new WithdrawalCommands(
          withdrawals, withdrawals, book, new TestWithdrawalConfig(1_000, 100), clock);

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
    Withdrawal made = done(commands.request(null, SELLER, SEAT, Money.fen(fen)));
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
    Withdrawal made = done(commands.request(null, SELLER, SEAT, Money.fen(10_000)));
    assertNull(done(commands.claim(null, made.id())), "not approved");
    done(commands.approve(null, made.id(), "finance"));
    assertNotNull(done(commands.claim(null, made.id())));
    assertNull(done(commands.claim(null, made.id())));
    assertEquals(1, withdrawals.get(made.id()).attempts());
    assertFalse(withdrawals.get(made.id()).isDue(NOW.plusSeconds(1)));
  }

  private void refusal(Withdrawal withdrawal) {
    done(commands.refused(null, withdrawal.id(), "PARAM_ERROR", "400 PARAM_ERROR openid"));
  }

  private Withdrawal stored(Withdrawal withdrawal) {
    return withdrawals.get(withdrawal.id());
  }

  @Test
  void aRefusedOneFailsOnceNothingCanBeOnItsWay() {
    Withdrawal withdrawal = paying(1_000_000);
    refusal(withdrawal);
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertFalse(stored(withdrawal).mayOrder());
    assertFalse(stored(withdrawal).isDue(NOW.plus(SETTLE).minusNanos(1)), "asked too early");

    // Asked a little too early; answered late.
    now = NOW.plus(SETTLE);
    done(commands.missing(null, withdrawal.id(), NOW.plus(SETTLE).minusNanos(1)));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertEquals(Money.ZERO, balance(Bucket.AVAILABLE));

    done(commands.missing(null, withdrawal.id(), NOW.plus(SETTLE)));
    assertEquals(WithdrawalState.FAILED, withdrawals.state(withdrawal.id()));
    assertEquals("400 PARAM_ERROR openid", stored(withdrawal).failure());
    assertEquals(Money.fen(1_000_000), balance(Bucket.AVAILABLE));
    assertEquals(Money.ZERO, balance(Bucket.WITHDRAWING));
    assertEquals(0, withdrawals.counted());
    assertEquals(2, book.journal.size());
    done(commands.missing(null, withdrawal.id(), NOW.plus(SETTLE)));
    assertEquals(2, book.journal.size());
  }

  @Test
  void aMissingOneThatMayStillBeOrderedNeverFails() {
    Withdrawal withdrawal = paying(10_000);
    done(commands.note(null, withdrawal.id(), "no answer"));
    now = NOW.plus(Duration.ofDays(40));
    done(commands.missing(null, withdrawal.id(), now));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
  }

  @Test
  void anOrderAfterTheRefusalPutsTheEndOff() {
    Withdrawal withdrawal = paying(10_000);
    refusal(withdrawal);
    now = NOW.plus(SETTLE);
    done(commands.retry(null, withdrawal.id(), "finance"));
    assertNotNull(done(commands.claim(null, withdrawal.id())));
    refusal(withdrawal);
    // A question that went out before that order, or just after it, proves nothing.
    done(commands.missing(null, withdrawal.id(), now));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    done(commands.missing(null, withdrawal.id(), now.plus(SETTLE)));
    assertEquals(WithdrawalState.FAILED, withdrawals.state(withdrawal.id()));
  }

  @Test
  void aRefusalOfWhatTheProviderHasMeansNothing() {
    Withdrawal withdrawal = paying(10_000);
    refusal(withdrawal);
    done(commands.hear(null, bill(withdrawal, Status.WAIT_USER_CONFIRM)));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertEquals("", stored(withdrawal).failure());
    done(commands.hear(null, bill(withdrawal, Status.SUCCESS)));
    assertEquals(WithdrawalState.PAID, withdrawals.state(withdrawal.id()));
  }

  @Test
  void givingUpStopsTheOrdersAndFailsWhenItIsCertain() {
    Withdrawal withdrawal = paying(10_000);
    done(commands.note(null, withdrawal.id(), "403 NOT_ENOUGH"));
    done(
        commands.giveUp(
            null, withdrawal.id(), new Inquiry(now, Optional.empty()), "换银行卡", "finance"));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertEquals("换银行卡 (403 NOT_ENOUGH)", stored(withdrawal).failure());
    now = NOW.plus(SETTLE);
    Withdrawal claimed = done(commands.claim(null, withdrawal.id())).withdrawal();
    assertFalse(claimed.mayOrder());
    done(commands.missing(null, withdrawal.id(), now));
    assertEquals(WithdrawalState.FAILED, withdrawals.state(withdrawal.id()));
    assertEquals(
        List.of(Decision.Kind.APPROVED, Decision.Kind.GIVEN_UP),
        withdrawals.decisions.stream().map(Decision::kind).toList());
  }

  @Test
  void givingUpFailsAtOnceWhatIsCertain() {
    Withdrawal missing = paying(10_000);
    now = NOW.plus(SETTLE);
    done(commands.giveUp(null, missing.id(), new Inquiry(now, Optional.empty()), "x", "finance"));
    assertEquals(WithdrawalState.FAILED, withdrawals.state(missing.id()));

    Withdrawal failed = paying(20_000);
    done(
        commands.giveUp(
            null,
            failed.id(),
            new Inquiry(now, Optional.of(bill(failed, Status.CANCELLED))),
            "x",
            "finance"));
    assertEquals(WithdrawalState.FAILED, withdrawals.state(failed.id()));
    assertEquals("CANCELLED", stored(failed).failure());
    assertEquals(Money.fen(1_000_000), balance(Bucket.AVAILABLE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAIL", "CANCELLED"})
  void whatTheProviderHasIsNotGivenUp(Status status) {
    Withdrawal withdrawal = paying(10_000);
    now = NOW.plus(SETTLE);
    Inquiry inquiry = new Inquiry(now, Optional.of(bill(withdrawal, status)));
    DomainException refusal =
        assertThrows(
            DomainException.class,
            () -> done(commands.giveUp(null, withdrawal.id(), inquiry, "x", "finance")));
    assertEquals("TRANSFER_EXISTS", refusal.reason());
    assertTrue(stored(withdrawal).mayOrder());
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
  }

  @Test
  void onlyWhatIsUnderWayIsRetriedOrGivenUp() {
    Withdrawal made = done(commands.request(null, SELLER, SEAT, Money.fen(10_000)));
    Inquiry inquiry = new Inquiry(now, Optional.empty());
    for (Executable decision :
        List.<Executable>of(
            () -> done(commands.retry(null, made.id(), "finance")),
            () -> done(commands.giveUp(null, made.id(), inquiry, "x", "finance")))) {
      assertEquals(
          "WITHDRAWAL_NOT_UNDER_WAY", assertThrows(DomainException.class, decision).reason());
    }
    assertEquals(List.of(), withdrawals.decisions);
  }

  @Test
  void thatThereIsNoneSaysNothingOfWhatTheProviderNoLongerTellsOf() {
    Withdrawal withdrawal = paying(10_000);
    now = NOW.plus(Duration.ofDays(31));
    Inquiry inquiry = new Inquiry(now, Optional.empty());
    assertEquals(
        "TRANSFER_TOO_OLD",
        assertThrows(
                DomainException.class,
                () -> done(commands.giveUp(null, withdrawal.id(), inquiry, "x", "finance")))
            .reason());
    refusal(withdrawal);
    done(commands.missing(null, withdrawal.id(), now));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    assertFalse(stored(withdrawal).isDue(now), "asked once a day from here on");
    done(commands.hear(null, bill(withdrawal, Status.SUCCESS)));
    assertEquals(WithdrawalState.PAID, withdrawals.state(withdrawal.id()));
  }

  @Test
  void aSuspendedOnesIsHeldWhenApprovedAndGoesOnByItself() {
    Withdrawal made = done(commands.request(null, SELLER, SEAT, Money.fen(1_000_000)));
    withdrawals.suspended.add(SELLER);
    assertEquals(WithdrawalState.HELD, done(commands.approve(null, made.id(), "finance")).state());
    assertEquals(0, withdrawals.counted(), "taxed before it is known when it is paid");
    assertEquals(List.of(), done(withdrawals.due(now, 9)));
    assertNull(done(commands.claim(null, made.id())));
    assertEquals(
        "ILLEGAL_TRANSITION",
        assertThrows(
                DomainException.class, () -> done(commands.approve(null, made.id(), "finance")))
            .reason());

    withdrawals.suspended.clear();
    assertEquals(List.of(made.id()), done(withdrawals.due(now, 9)));
    Withdrawal paying = done(commands.claim(null, made.id())).withdrawal();
    assertEquals(WithdrawalState.PAYING, paying.state());
    assertEquals(Money.fen(9_000), paying.tax());
    assertEquals("finance", paying.decidedBy());
    assertEquals(
        List.of(Decision.Kind.APPROVED, Decision.Kind.HELD, Decision.Kind.RELEASED),
        withdrawals.decisions.stream().map(Decision::kind).toList());
  }

  @Test
  void whoeverIsSuspendedAfterTheApprovalGetsNothingEither() {
    Withdrawal made = done(commands.request(null, SELLER, SEAT, Money.fen(1_000_000)));
    done(commands.approve(null, made.id(), "finance"));
    withdrawals.suspended.add(SELLER);
    assertNull(done(commands.claim(null, made.id())));
    assertEquals(WithdrawalState.HELD, withdrawals.state(made.id()));
    assertEquals(Money.ZERO, stored(made).tax());
    assertEquals(0, withdrawals.counted());
    done(commands.reject(null, made.id(), "不付了", "finance"));
    assertEquals(Money.fen(1_000_000), balance(Bucket.AVAILABLE));
  }

  @Test
  void whatIsWithTheProviderIsOnlyAskedAfterWhileSuspended() {
    Withdrawal withdrawal = paying(10_000);
    done(commands.note(null, withdrawal.id(), "no answer"));
    withdrawals.suspended.add(SELLER);
    now = NOW.plus(Duration.ofMinutes(1));
    assertFalse(done(commands.claim(null, withdrawal.id())).mayOrder());
    assertEquals(NOW, stored(withdrawal).stored().orderedAt());
    done(commands.missing(null, withdrawal.id(), now));
    assertEquals(WithdrawalState.PAYING, withdrawals.state(withdrawal.id()));
    withdrawals.suspended.clear();
    now = now.plus(Duration.ofMinutes(1));
    assertTrue(done(commands.claim(null, withdrawal.id())).mayOrder());
  }

  @Test
  void financeLooksAgainWhenTaxTakesItAllMeanwhile() {
    Withdrawal small = done(commands.request(null, SELLER, SEAT, Money.fen(200)));
    withdrawals.suspended.add(SELLER);
    done(commands.approve(null, small.id(), "finance"));
    withdrawals.suspended.clear();
    withdrawals.alsoReceived(SELLER, Money.fen(2_000_000));
    assertNull(done(commands.claim(null, small.id())));
    assertEquals(WithdrawalState.REQUESTED, withdrawals.state(small.id()));
    assertFalse(stored(small).failure().isEmpty());
  }
}
