package io.siyu.mall.cps.claim;

import io.siyu.mall.cps.platform.Platform;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Stores claims; of a distributor on an order number there is at most one that is open or accepted.
 */
@ApplicationScoped
public class Claims {

  public static final String NOT_FOUND = "CPS_CLAIM_NOT_FOUND";
  public static final String EXISTS = "CPS_CLAIM_EXISTS";

  private static final UUID LAST = new UUID(-1, -1);
  private static final String SELECT =
      "SELECT id, platform, order_no, distributor_id, upline_id, state, note, decided_by, reason,"
          + " created_at, decided_at FROM claims";

  /**
   * Adds a claim.
   *
   * @throws DomainException {@value #EXISTS}, in the Uni, while one of the same distributor is open
   *     or accepted
   */
  public Uni<Void> add(SqlTransaction tx, Claim claim) {
    return tx.execute(
            "INSERT INTO claims (id, platform, order_no, distributor_id, upline_id, state, note,"
                + " decided_by, reason, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', '', ?)",
            claim.id(),
            claim.platform(),
            claim.orderNo(),
            claim.distributorId(),
            claim.uplineId(),
            claim.state(),
            claim.note(),
            claim.createdAt())
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            failure ->
                new DomainException(
                    Kind.ALREADY_EXISTS,
                    EXISTS,
                    "your claim on this order is open, or was accepted"))
        .replaceWithVoid();
  }

  /** The claim. */
  public Uni<Claim> get(SqlReader from, UUID id) {
    return one(from, id, "");
  }

  /** The claim, locked. */
  public Uni<Claim> lock(SqlTransaction tx, UUID id) {
    return one(tx, id, " FOR UPDATE");
  }

  private static Uni<Claim> one(SqlReader from, UUID id, String lock) {
    return from.select(SELECT + " WHERE id = ?" + lock, id)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(NOT_FOUND, "there is no such claim");
              }
              return claim(rows.get(0));
            });
  }

  /**
   * Stores a decision.
   *
   * @throws DomainException {@value #EXISTS}, in the Uni, when the claimant claims it from the seat
   *     that is credited, too
   */
  public Uni<Void> decide(SqlTransaction tx, Claim claim) {
    return tx.execute(
            "UPDATE claims SET state = ?, distributor_id = ?, upline_id = ?, decided_by = ?,"
                + " reason = ?, decided_at = ? WHERE id = ?",
            claim.state(),
            claim.distributorId(),
            claim.uplineId(),
            claim.decidedBy(),
            claim.reason(),
            claim.decidedAt(),
            claim.id())
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            failure ->
                new DomainException(
                    Kind.ALREADY_EXISTS,
                    EXISTS,
                    "the claimant has claimed it again from the seat they have now; decide that"))
        .replaceWithVoid();
  }

  /**
   * Claims, the newest first.
   *
   * @param distributorId null: of everybody
   * @param state null: all
   * @param before null: from the newest
   */
  public Uni<List<Claim>> list(
      SqlReader from, UUID distributorId, ClaimState state, UUID before, int limit) {
    StringBuilder sql = new StringBuilder(SELECT + " WHERE id < ?");
    List<Object> params = new ArrayList<>();
    params.add(before == null ? LAST : before);
    if (distributorId != null) {
      sql.append(" AND distributor_id = ?");
      params.add(distributorId);
    }
    if (state != null) {
      sql.append(" AND state = ?");
      params.add(state);
    }
    return from.select(sql + " ORDER BY id DESC LIMIT " + limit, params.toArray())
        .map(rows -> rows.stream().map(Claims::claim).toList());
  }

  private static Claim claim(SqlRow row) {
    return new Claim(
        row.uuid(0),
        Platform.valueOf(row.text(1)),
        row.text(2),
        row.uuid(3),
        row.uuid(4),
        ClaimState.valueOf(row.text(5)),
        row.text(6),
        row.text(7),
        row.text(8),
        row.instant(9),
        row.instant(10));
  }
}
