package io.siyu.mall.cps.order;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.cps.sql.Marks;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Stores claw-backs: of each number what the newest document says, and every document. */
@ApplicationScoped
class Clawbacks {

  private static final String[] COLUMNS = {
    "platform",
    "refund_no",
    "order_id",
    "state",
    "amount_fen",
    "subsidy_fen",
    "fee_fen",
    "raised_at",
    "decided_at",
    "modified_at",
    "hash"
  };

  /** What is stored of one. */
  record Stored(UUID orderId, Clawback.Version version) {}

  /** Those of the numbers that are stored; nothing is locked. */
  Uni<Map<String, Stored>> find(SqlReader from, Platform platform, Collection<String> refundNos) {
    return select(from, platform, refundNos, "");
  }

  /** The same, locked until the transaction ends. */
  Uni<Map<String, Stored>> lock(
      SqlTransaction tx, Platform platform, Collection<String> refundNos) {
    return select(tx, platform, refundNos, " ORDER BY refund_no FOR UPDATE");
  }

  private static Uni<Map<String, Stored>> select(
      SqlReader from, Platform platform, Collection<String> refundNos, String more) {
    List<Object> params = new ArrayList<>();
    params.add(platform);
    params.addAll(new TreeSet<>(refundNos));
    return from.select(
            "SELECT refund_no, order_id, modified_at, state, hash FROM clawbacks"
                + " WHERE platform = ? AND refund_no IN ("
                + Marks.list(params.size() - 1)
                + ")"
                + more,
            params.toArray())
        .map(
            rows -> {
              Map<String, Stored> found = new HashMap<>();
              rows.forEach(
                  row ->
                      found.put(
                          row.text(0),
                          new Stored(
                              row.uuid(1),
                              new Clawback.Version(
                                  row.instant(2),
                                  Clawback.State.valueOf(row.text(3)),
                                  HexFormat.of().formatHex(row.bytes(4))))));
              return found;
            });
  }

  /** Stores them in place of what was known of their numbers. */
  Uni<Void> save(SqlTransaction tx, Collection<Clawback> clawbacks) {
    SqlValues rows =
        SqlValues.into("clawbacks", COLUMNS)
            .orUpdate(
                "order_id = VALUES(order_id), state = VALUES(state),"
                    + " amount_fen = VALUES(amount_fen), subsidy_fen = VALUES(subsidy_fen),"
                    + " fee_fen = VALUES(fee_fen), raised_at = VALUES(raised_at),"
                    + " decided_at = VALUES(decided_at), modified_at = VALUES(modified_at),"
                    + " hash = VALUES(hash)");
    clawbacks.stream()
        .sorted(Comparator.comparing(Clawback::refundNo))
        .forEach(
            one ->
                rows.row(
                    one.order().platform(),
                    one.refundNo(),
                    one.order().id(),
                    one.state(),
                    one.amount(),
                    one.subsidy(),
                    one.fee(),
                    one.raisedAt(),
                    one.decidedAt(),
                    one.modifiedAt(),
                    HexFormat.of().parseHex(one.hash())));
    return tx.insert(rows).replaceWithVoid();
  }

  /** Keeps documents as they came; one that is kept already stays as it is. */
  Uni<Void> keep(SqlTransaction tx, Collection<Clawback> documents, Instant seenAt) {
    SqlValues rows =
        SqlValues.intoUnlessThere("cps_documents", "order_id", "hash", "document", "seen_at");
    documents.forEach(
        one -> rows.row(one.order().id(), HexFormat.of().parseHex(one.hash()), one.raw(), seenAt));
    return tx.insert(rows).replaceWithVoid();
  }
}
