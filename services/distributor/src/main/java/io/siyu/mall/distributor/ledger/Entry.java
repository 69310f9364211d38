package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * One event in the journal: postings that add up to zero. There is at most one per source, line,
 * beneficiary, level and event; the database keeps it so.
 *
 * @param sourceId the order line, or the withdrawal
 * @param beneficiary the distributor who earns, or the member whose withdrawal it is
 * @param level null for a withdrawal
 * @param commissionId null for a withdrawal
 */
public record Entry(
    UUID id,
    Source source,
    UUID sourceId,
    UUID beneficiary,
    Level level,
    String event,
    Instant at,
    UUID commissionId,
    List<Posting> postings) {

  public Entry {
    Objects.requireNonNull(event);
    postings = List.copyOf(postings);
    Money sum = Money.sum(postings.stream().map(Posting::amount).toList());
    if (postings.isEmpty() || !sum.isZero()) {
      throw new IllegalArgumentException("an entry must balance, this one leaves " + sum);
    }
  }

  /** An entry about a commission. */
  public static Entry ofCommission(
      Commission commission, String event, Instant at, List<Posting> postings) {
    return new Entry(
        Ids.next(),
        commission.source(),
        commission.lineId(),
        commission.beneficiary(),
        commission.level(),
        event,
        at,
        commission.id(),
        postings);
  }

  /** An entry about a withdrawal. */
  public static Entry ofWithdrawal(
      UUID withdrawalId, UUID memberId, String event, Instant at, List<Posting> postings) {
    return new Entry(
        Ids.next(), Source.WITHDRAWAL, withdrawalId, memberId, null, event, at, null, postings);
  }
}
