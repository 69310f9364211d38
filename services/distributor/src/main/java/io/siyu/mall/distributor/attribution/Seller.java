package io.siyu.mall.distributor.attribution;

import io.siyu.mall.platform.sql.SqlRow;
import java.util.UUID;

/**
 * A distributor as of one moment, as far as it matters for credit. This is the one rule of who is
 * credited, for own orders and outside ones alike: whoever is active, and with them their upline if
 * that one is active, too. It is asked when an order is first heard of, and the answer is kept.
 */
public record Seller(UUID id, String name, boolean active, UUID uplineId, boolean uplineActive) {

  static final String ACTIVE = "ACTIVE";

  /** The columns that {@link #read} wants, of a distributor and their upline, joined by aliases. */
  static String columns(String distributor, String upline) {
    return "%1$s.id, %1$s.display_name, %1$s.state, %1$s.upline_id, %2$s.state"
        .formatted(distributor, upline);
  }

  /** The seller in a row, the columns from that position on. */
  static Seller read(SqlRow row, int at) {
    return new Seller(
        row.uuid(at),
        row.text(at + 1),
        ACTIVE.equals(row.text(at + 2)),
        row.uuid(at + 3),
        ACTIVE.equals(row.text(at + 4)));
  }

  /** Who is credited at the second level; null: nobody. */
  public UUID creditedUpline() {
    return active && uplineActive ? uplineId : null;
  }
}
