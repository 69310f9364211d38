package io.siyu.mall.distributor.correction;

import io.siyu.mall.distributor.sql.Marks;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Corrections of names in the database, and the names that they correct. */
@ApplicationScoped
public class SqlNameCorrections {

  private static final UUID LAST = new UUID(-1, -1);
  private static final String SELECT =
      "SELECT id, member_id, distributor_id, state, old_name_masked, new_name, new_name_masked,"
          + " id_number, id_number_masked, reason, requested_at, decided_by, decision_reason,"
          + " decided_at FROM name_corrections";

  private final SqlReader reader;

  SqlNameCorrections(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /**
   * The name that is paid now, and what else marks the person.
   *
   * @param distributorId the seat that the member has, or had last
   */
  record Named(
      UUID distributorId, String nameMasked, String nameEncrypted, String phoneEncrypted) {}

  /** Locked until the transaction ends. */
  Uni<Named> lockNamed(SqlTransaction tx, UUID memberId) {
    return tx.select(
            "SELECT id, real_name_masked, real_name, phone FROM distributors WHERE member_id = ?"
                + " AND state IN ('ACTIVE', 'SUSPENDED', 'CLOSED') ORDER BY living_member IS NULL, id DESC LIMIT 1"
                + " FOR UPDATE",
            memberId)
        .map(rows -> rows.get(0))
        .map(row -> new Named(row.uuid(0), row.text(1), row.text(2), row.text(3)));
  }

  /**
   * Stores a new one.
   *
   * @return fails with NAME_CORRECTION_OPEN
   */
  Uni<Void> add(SqlTransaction tx, NameCorrection c) {
    return tx.execute(
            "INSERT INTO name_corrections (id, member_id, distributor_id, state, old_name_masked,"
                + " new_name, new_name_masked, id_number, id_number_masked, reason, requested_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            c.id(),
            c.memberId(),
            c.distributorId(),
            c.state(),
            c.oldNameMasked(),
            c.newNameEncrypted(),
            c.newNameMasked(),
            c.idNumberEncrypted(),
            c.idNumberMasked(),
            c.reason(),
            c.requestedAt())
        .onFailure(DatabaseErrors::isDuplicateKey)
        .transform(
            e ->
                new DomainException(
                    Kind.ALREADY_EXISTS,
                    NameCorrection.OPEN,
                    "a correction was asked for that nobody has decided yet"))
        .replaceWithVoid();
  }

  /** The one of the member that nobody has decided yet, if there is one. */
  Uni<Optional<UUID>> openOf(SqlTransaction tx, UUID memberId) {
    return tx.select("SELECT id FROM name_corrections WHERE open_member = ?", memberId)
        .map(rows -> rows.stream().map(row -> row.uuid(0)).findFirst());
  }

  /** Loads and locks one; fails with NAME_CORRECTION_NOT_FOUND. */
  Uni<NameCorrection> lock(SqlTransaction tx, UUID id) {
    return tx.select(SELECT + " WHERE id = ? FOR UPDATE", id)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(
                    NameCorrection.NOT_FOUND, "there is no such correction");
              }
              return read(rows.get(0));
            });
  }

  /** Stores what was decided. */
  Uni<Void> decided(SqlTransaction tx, NameCorrection c) {
    return tx.execute(
            "UPDATE name_corrections SET state = ?, decided_by = ?, decision_reason = ?,"
                + " decided_at = ? WHERE id = ?",
            c.state(),
            c.decidedBy(),
            c.decisionReason(),
            c.decidedAt(),
            c.id())
        .replaceWithVoid();
  }

  /** Keeps that somebody reads the names in clear. */
  Uni<Void> read(SqlTransaction tx, UUID id, String by, Instant at) {
    return tx.execute(
            "INSERT INTO name_correction_reads (id, correction_id, read_by, read_at)"
                + " VALUES (?, ?, ?, ?)",
            Ids.next(),
            id,
            by,
            at)
        .replaceWithVoid();
  }

  /** Who has read the names of corrections in clear, in that order. */
  Uni<Map<UUID, List<NameCorrection.Reading>>> readings(Collection<UUID> ids) {
    return ids.isEmpty()
        ? Uni.createFrom().item(Map.of())
        : reader
            .select(
                "SELECT correction_id, read_by, read_at FROM name_correction_reads"
                    + " WHERE correction_id IN ("
                    + Marks.list(ids.size())
                    + ") ORDER BY correction_id, id",
                ids.toArray())
            .map(
                rows ->
                    rows.stream()
                        .collect(
                            Collectors.groupingBy(
                                row -> row.uuid(0),
                                Collectors.mapping(
                                    row -> new NameCorrection.Reading(row.text(1), row.instant(2)),
                                    Collectors.toList()))));
  }

  /**
   * Gives the seat the name, and keeps who did it, when and why.
   *
   * @param name encrypted for its new place
   * @param idNumber likewise; empty: what was known stays
   */
  Uni<Void> rename(
      SqlTransaction tx,
      Named named,
      NameCorrection c,
      String name,
      String nameMark,
      String idNumber,
      String idNumberMark) {
    return tx.execute(
            "UPDATE distributors SET real_name = ?, real_name_masked = ?, name_mark = ?,"
                + " id_number = IF(? = '', id_number, ?),"
                + " id_number_masked = IF(? = '', id_number_masked, ?),"
                + " id_number_mark = IF(? = '', id_number_mark, ?), version = version + 1"
                + " WHERE id = ?",
            name,
            c.newNameMasked(),
            nameMark,
            idNumber,
            idNumber,
            idNumber,
            c.idNumberMasked(),
            idNumber,
            idNumberMark,
            named.distributorId())
        .chain(
            () ->
                tx.execute(
                    "INSERT INTO distributor_changes (id, distributor_id, what, old_value,"
                        + " new_value, reason, changed_by, changed_at)"
                        + " VALUES (?, ?, 'REAL_NAME', ?, ?, ?, ?, ?)",
                    Ids.next(),
                    named.distributorId(),
                    named.nameMasked(),
                    c.newNameMasked(),
                    c.reason(),
                    c.decidedBy(),
                    c.decidedAt()))
        .replaceWithVoid();
  }

  /**
   * Corrections, the newest first.
   *
   * @param memberId null: of everybody
   * @param state null: any
   */
  Uni<List<NameCorrection>> list(
      UUID memberId, NameCorrectionState state, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    StringBuilder sql = new StringBuilder(SELECT + " WHERE id < ?");
    List<Object> params = new ArrayList<>();
    params.add(after == null ? LAST : after.uuid(0));
    if (memberId != null) {
      sql.append(" AND member_id = ?");
      params.add(memberId);
    }
    if (state != null) {
      sql.append(" AND state = ?");
      params.add(state);
    }
    sql.append(" ORDER BY id DESC LIMIT ").append(limit);
    return reader
        .select(sql.toString(), params.toArray())
        .map(rows -> rows.stream().map(SqlNameCorrections::read).toList());
  }

  private static NameCorrection read(SqlRow row) {
    Instant decidedAt = row.instant(13);
    return new NameCorrection(
        row.uuid(0),
        row.uuid(1),
        row.uuid(2),
        NameCorrectionState.valueOf(row.text(3)),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8),
        row.text(9),
        row.instant(10),
        row.text(11),
        row.text(12),
        decidedAt);
  }
}
