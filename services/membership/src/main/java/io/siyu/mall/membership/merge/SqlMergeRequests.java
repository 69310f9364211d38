package io.siyu.mall.membership.merge;

import io.siyu.mall.membership.member.MemberId;
import io.siyu.mall.membership.member.SealedPhone;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions to staff in the database. */
@ApplicationScoped
public class SqlMergeRequests {

  private static final UUID LAST = new UUID(-1, -1);
  private static final String SELECT =
      "SELECT id, requester_id, holder_id, state, phone_sealed, phone_hash, requested_at,"
          + " survivor_id, decided_by, decision_reason, decided_at FROM merge_requests";
  private static final String OPEN_OF =
      " WHERE state = 'REQUESTED' AND (requester_id = ? OR holder_id = ?)";

  private final SqlReader reader;

  SqlMergeRequests(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** Where the phone of a request stands. */
  static Cell phone(UUID request) {
    return Cell.of("merge_requests", "phone_sealed", request);
  }

  /** The open one of two locked members, whoever of them asked. */
  Uni<Optional<MergeRequest>> open(SqlTransaction tx, MemberId one, MemberId other) {
    return openOf(tx, one)
        .map(
            found ->
                found.stream()
                    .filter(r -> r.requester().equals(other) || r.holder().equals(other))
                    .findFirst());
  }

  /** The open ones that name the locked member. */
  Uni<List<MergeRequest>> openOf(SqlTransaction tx, MemberId member) {
    return tx.select(SELECT + OPEN_OF, member.value(), member.value()).map(SqlMergeRequests::read);
  }

  /** Stores a new one. */
  Uni<Void> add(SqlTransaction tx, MergeRequest request) {
    return tx.execute(
            "INSERT INTO merge_requests"
                + " (id, requester_id, holder_id, state, phone_sealed, phone_hash, requested_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            request.id(),
            request.requester().value(),
            request.holder().value(),
            request.state(),
            request.phone().sealed(),
            request.phone().hash(),
            request.requestedAt())
        .replaceWithVoid();
  }

  /** One; fails with NOT_FOUND {@link MergeRequest#NOT_FOUND}. */
  Uni<MergeRequest> get(UUID id) {
    return one(reader, SELECT + " WHERE id = ?", id);
  }

  /** Locks one until the transaction ends; fails as {@link #get}. */
  Uni<MergeRequest> lock(SqlTransaction tx, UUID id) {
    return one(tx, SELECT + " WHERE id = ? FOR UPDATE", id);
  }

  /** Stores what was decided. */
  Uni<Void> decided(SqlTransaction tx, MergeRequest request) {
    return tx.execute(
            "UPDATE merge_requests SET state = ?, survivor_id = ?, decided_by = ?,"
                + " decision_reason = ?, decided_at = ? WHERE id = ?",
            request.state(),
            request.survivor() == null ? null : request.survivor().value(),
            request.decidedBy(),
            request.decisionReason(),
            request.decidedAt(),
            request.id())
        .replaceWithVoid();
  }

  /**
   * Requests, the newest first.
   *
   * @param member one of the two; null: of everybody
   * @param state null: any
   */
  Uni<List<MergeRequest>> list(MemberId member, MergeRequestState state, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    StringBuilder sql = new StringBuilder(SELECT + " WHERE id < ?");
    List<Object> params = new ArrayList<>();
    params.add(after == null ? LAST : after.uuid(0));
    if (member != null) {
      sql.append(" AND (requester_id = ? OR holder_id = ?)");
      params.add(member.value());
      params.add(member.value());
    }
    if (state != null) {
      sql.append(" AND state = ?");
      params.add(state);
    }
    sql.append(" ORDER BY id DESC LIMIT ").append(limit);
    return reader.select(sql.toString(), params.toArray()).map(SqlMergeRequests::read);
  }

  private static Uni<MergeRequest> one(SqlReader from, String sql, UUID id) {
    return from.select(sql, id)
        .map(
            rows ->
                read(rows).stream()
                    .findFirst()
                    .orElseThrow(
                        () ->
                            DomainException.notFound(
                                MergeRequest.NOT_FOUND, "there is no such merge request")));
  }

  private static List<MergeRequest> read(List<SqlRow> rows) {
    return rows.stream().map(SqlMergeRequests::read).toList();
  }

  private static MergeRequest read(SqlRow row) {
    return new MergeRequest(
        row.uuid(0),
        new MemberId(row.uuid(1)),
        new MemberId(row.uuid(2)),
        MergeRequestState.valueOf(row.text(3)),
        new SealedPhone(row.text(4), row.text(5)),
        row.instant(6),
        row.isNull(7) ? null : new MemberId(row.uuid(7)),
        row.text(8),
        row.text(9),
        row.instant(10));
  }
}
