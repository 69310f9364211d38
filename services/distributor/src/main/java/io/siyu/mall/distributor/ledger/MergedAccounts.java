package io.siyu.mall.distributor.ledger;

import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** The money of two members who are one from now on, in the caller's transaction. */
@ApplicationScoped
public class MergedAccounts {

  /** The event of the one entry. */
  static final String EVENT = "MERGED";

  private final Book book;

  MergedAccounts(Book book) {
    this.book = book;
  }

  /**
   * Books everything of the absorbed member for the survivor, by one entry that says so, and lets
   * their account follow: what is booked for them from now on is the survivor's.
   */
  public Uni<Void> merge(SqlTransaction tx, UUID absorbed, UUID survivor, Instant now) {
    // Written, so that both are locked in the order of members whether they were there or not.
    List<UUID> ordered = new ArrayList<>(new TreeSet<>(List.of(absorbed, survivor)));
    return tx.execute(
            "INSERT INTO accounts (member_id) VALUES (?), (?)"
                + " ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)",
            ordered.toArray())
        .chain(() -> SqlAccounts.lock(tx, ordered))
        .chain(
            accounts -> {
              Account from = accounts.get(absorbed);
              Account to = accounts.get(survivor);
              List<Posting> postings = from.moveTo(to);
              return (postings.isEmpty()
                      ? Uni.createFrom().voidItem()
                      : book.append(tx, List.of(entry(absorbed, survivor, postings, now)), null))
                  .chain(() -> book.saveAccounts(tx, List.of(from, to)));
            })
        .chain(
            () ->
                tx.execute(
                    "UPDATE accounts SET merged_into = ? WHERE member_id = ? OR merged_into = ?",
                    survivor,
                    absorbed,
                    absorbed))
        .chain(
            () ->
                tx.execute(
                    "UPDATE withdrawals SET member_id = ? WHERE member_id = ?", survivor, absorbed))
        .replaceWithVoid();
  }

  private static Entry entry(UUID absorbed, UUID survivor, List<Posting> postings, Instant now) {
    return new Entry(
        Ids.next(), Source.ADJUSTMENT, absorbed, survivor, null, EVENT, now, null, postings);
  }
}
