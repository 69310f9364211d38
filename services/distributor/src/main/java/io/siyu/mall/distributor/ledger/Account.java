package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.money.Money;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A member's balances, whatever seats they sell or sold by. Of what can be withdrawn and what is
 * owed at most one is not zero: a debt takes from whatever becomes available, at once, and a
 * reversal that finds too little becomes debt.
 */
public final class Account {

  private static final Set<Bucket> MOVED_AS_THEY_ARE =
      EnumSet.of(Bucket.PENDING, Bucket.FROZEN, Bucket.WITHDRAWING, Bucket.PAID_OUT);

  private final UUID memberId;
  private final Map<Bucket, Money> balances = new EnumMap<>(Bucket.class);

  /**
   * @param balances what is missing is zero; {@code DEBT} is at most zero
   */
  public Account(UUID memberId, Map<Bucket, Money> balances) {
    this.memberId = memberId;
    this.balances.putAll(balances);
  }

  /** An account that nothing was ever booked in. */
  public static Account empty(UUID memberId) {
    return new Account(memberId, Map.of());
  }

  public UUID memberId() {
    return memberId;
  }

  /** The balance; {@code DEBT} is at most zero. */
  public Money balance(Bucket bucket) {
    return balances.getOrDefault(bucket, Money.ZERO);
  }

  /** What is owed, as a positive amount. */
  public Money owed() {
    return balance(Bucket.DEBT).negate();
  }

  /**
   * Books an amount in a bucket other than AVAILABLE and DEBT.
   *
   * @return the posting; none for nothing
   * @throws IllegalStateException when the bucket would be overdrawn: a bug, since what is taken
   *     was put there
   */
  public List<Posting> post(Bucket bucket, Money amount) {
    if (bucket == Bucket.AVAILABLE || bucket == Bucket.DEBT) {
      throw new IllegalArgumentException("what is available and what is owed move by settle");
    }
    return change(bucket, amount);
  }

  /**
   * Books an amount that becomes available (positive) or is taken back (negative). It pays the debt
   * first, and becomes one where too little is available.
   *
   * @return the postings, up to two
   */
  public List<Posting> settle(Money amount) {
    Money position = balance(Bucket.AVAILABLE).plus(balance(Bucket.DEBT)).plus(amount);
    List<Posting> postings = new ArrayList<>(2);
    postings.addAll(
        change(Bucket.AVAILABLE, position.max(Money.ZERO).minus(balance(Bucket.AVAILABLE))));
    postings.addAll(change(Bucket.DEBT, position.min(Money.ZERO).minus(balance(Bucket.DEBT))));
    return postings;
  }

  /**
   * Books everything that is here for another member, bucket by bucket; what one of them owes, what
   * the other has available pays.
   *
   * @return the postings of both, which add up to zero; none when there is nothing
   */
  List<Posting> moveTo(Account other) {
    List<Posting> postings = new ArrayList<>();
    for (Bucket bucket : MOVED_AS_THEY_ARE) {
      Money amount = balance(bucket);
      postings.addAll(post(bucket, amount.negate()));
      postings.addAll(other.post(bucket, amount));
    }
    Money position = balance(Bucket.AVAILABLE).plus(balance(Bucket.DEBT));
    postings.addAll(settle(position.negate()));
    postings.addAll(other.settle(position));
    return postings;
  }

  private List<Posting> change(Bucket bucket, Money amount) {
    if (amount.isZero()) {
      return List.of();
    }
    Money after = balance(bucket).plus(amount);
    if (bucket == Bucket.DEBT ? after.isPositive() : after.isNegative()) {
      throw new IllegalStateException(
          "account " + memberId + " would hold " + after + " in " + bucket);
    }
    balances.put(bucket, after);
    return List.of(new Posting(OwnerKind.DISTRIBUTOR, memberId, bucket, amount));
  }
}
