package io.siyu.mall.distributor.withdrawal;

import io.siyu.mall.distributor.ledger.Account;
import io.siyu.mall.distributor.ledger.Book;
import io.siyu.mall.distributor.ledger.Bucket;
import io.siyu.mall.distributor.ledger.Entry;
import io.siyu.mall.distributor.ledger.OwnerKind;
import io.siyu.mall.distributor.ledger.Posting;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Where a withdrawal's money goes: one entry in the journal as it is made, and one as it ends. */
final class WithdrawalEntries {

  private final Book book;
  private final Clock clock;

  WithdrawalEntries(Book book, Clock clock) {
    this.book = book;
    this.clock = clock;
  }

  /**
   * The amount leaves what is available.
   *
   * @param account of the withdrawal's member, locked
   */
  Uni<Void> take(SqlTransaction tx, Withdrawal withdrawal, Account account) {
    List<Posting> postings = new ArrayList<>(account.settle(withdrawal.amount().negate()));
    postings.addAll(account.post(Bucket.WITHDRAWING, withdrawal.amount()));
    return write(tx, withdrawal, account, postings);
  }

  /** It was transferred: tax and fee go to whom they are owed. */
  Uni<Void> payOut(SqlTransaction tx, Withdrawal withdrawal) {
    return book.lockAccount(tx, withdrawal.memberId())
        .chain(
            account -> {
              List<Posting> postings =
                  new ArrayList<>(account.post(Bucket.WITHDRAWING, withdrawal.amount().negate()));
              postings.addAll(account.post(Bucket.PAID_OUT, withdrawal.net()));
              add(postings, OwnerKind.TAX, withdrawal.tax());
              add(postings, OwnerKind.PLATFORM, withdrawal.fee());
              return write(tx, withdrawal, account, postings);
            });
  }

  /** What comes back pays a debt that arose meanwhile before it is available. */
  Uni<Void> giveBack(SqlTransaction tx, Withdrawal withdrawal) {
    return book.lockAccount(tx, withdrawal.memberId())
        .chain(
            account -> {
              List<Posting> postings =
                  new ArrayList<>(account.post(Bucket.WITHDRAWING, withdrawal.amount().negate()));
              postings.addAll(account.settle(withdrawal.amount()));
              return write(tx, withdrawal, account, postings);
            });
  }

  /**
   * @throws DomainException DEBT_OPEN, INSUFFICIENT_AVAILABLE
   */
  static void requireAvailable(Account account, Money amount) {
    if (account.owed().isPositive()) {
      throw DomainException.precondition("DEBT_OPEN", "something is owed: nothing can be withdrawn")
          .with("debt_fen", account.owed().minor());
    }
    if (account.balance(Bucket.AVAILABLE).compareTo(amount) < 0) {
      throw DomainException.precondition("INSUFFICIENT_AVAILABLE", "less than that is available")
          .with("available_fen", account.balance(Bucket.AVAILABLE).minor());
    }
  }

  private Uni<Void> write(
      SqlTransaction tx, Withdrawal withdrawal, Account account, List<Posting> postings) {
    Entry entry =
        Entry.ofWithdrawal(
            withdrawal.id(),
            withdrawal.memberId(),
            withdrawal.state().name(),
            clock.instant(),
            postings);
    return book.append(tx, List.of(entry), withdrawal.id())
        .chain(() -> book.saveAccounts(tx, List.of(account)));
  }

  private static void add(List<Posting> postings, OwnerKind owner, Money amount) {
    if (amount.isPositive()) {
      postings.add(new Posting(owner, Posting.THE_ONLY, Bucket.GENERAL, amount));
    }
  }
}
