package io.siyu.mall.distributor.sharing;

import io.siyu.mall.distributor.attribution.Channel;
import io.siyu.mall.distributor.distributor.SeatNow;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Shares and touches in the database. */
@ApplicationScoped
public class SqlShares implements Shares {

  private static final String SELECT =
      "SELECT s.code, d.id, d.display_name, s.channel, s.target_type, s.target_id,"
          + " s.created_at FROM shares s";
  private static final String OWN = SELECT + " JOIN distributors d ON d.id = s.distributor_id";
  private static final String ANY = SELECT + SeatNow.join("JOIN", "s.distributor_id", "d");

  private static final String OPENINGS =
      "SELECT t.id, s.distributor_id, t.opened_at FROM touches t"
          + " JOIN shares s ON s.code = t.share_code WHERE ";

  @Override
  public Uni<Share> addOrGet(SqlTransaction tx, Share share) {
    return tx.execute(
            "INSERT INTO shares (code, distributor_id, channel, target_type, target_id, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE channel = VALUES(channel)",
            share.code(),
            share.distributorId(),
            share.channel(),
            share.targetType(),
            share.targetId(),
            share.createdAt())
        .chain(
            () ->
                tx.select(
                    OWN
                        + " WHERE s.distributor_id = ? AND s.channel = ? AND s.target_type = ?"
                        + " AND s.target_id = ? FOR UPDATE",
                    share.distributorId(),
                    share.channel(),
                    share.targetType(),
                    share.targetId()))
        .map(rows -> read(rows.get(0)));
  }

  @Override
  public Uni<Share> find(SqlReader reader, String code) {
    return reader
        .select(ANY + " WHERE s.code = ?", code)
        .map(rows -> rows.isEmpty() ? null : read(rows.get(0)));
  }

  @Override
  public Uni<Void> addTouch(SqlTransaction tx, Touch touch) {
    return tx.execute(
            "INSERT INTO touches (id, share_code, member_id, anonymous_id, opened_at)"
                + " VALUES (?, ?, ?, ?, ?)",
            touch.id(),
            touch.share().code(),
            touch.memberId(),
            touch.visitorId(),
            touch.openedAt())
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Merged>> merge(
      SqlTransaction tx, UUID memberId, UUID touchId, String visitorId, Instant at) {
    return named(tx, memberId, touchId)
        .chain(
            named ->
                visitorId == null
                    ? Uni.createFrom().item(named)
                    : unmerged(tx, visitorId)
                        .call(
                            () ->
                                tx.execute(
                                    "UPDATE touches SET member_id = ?, merged_at = ?"
                                        + " WHERE anonymous_id = ? AND member_id IS NULL",
                                    memberId,
                                    at,
                                    visitorId))
                        .map(rest -> together(named, rest)))
        .map(
            rows ->
                rows.stream()
                    .map(row -> new Merged(row.uuid(0), row.uuid(1), row.instant(2)))
                    .toList());
  }

  /** The one named, if it is the member's own: a name alone proves nothing. */
  private static Uni<List<SqlRow>> named(SqlTransaction tx, UUID memberId, UUID touchId) {
    return touchId == null
        ? Uni.createFrom().item(List.of())
        : tx.select(OPENINGS + "t.id = ? AND t.member_id = ? FOR UPDATE", touchId, memberId);
  }

  private static Uni<List<SqlRow>> unmerged(SqlTransaction tx, String visitorId) {
    return tx.select(
        OPENINGS
            + "t.anonymous_id = ? AND t.member_id IS NULL ORDER BY t.opened_at DESC LIMIT 100"
            + " FOR UPDATE",
        visitorId);
  }

  private static List<SqlRow> together(List<SqlRow> first, List<SqlRow> rest) {
    List<SqlRow> all = new ArrayList<>(first);
    rest.stream()
        .filter(row -> first.stream().noneMatch(f -> f.uuid(0).equals(row.uuid(0))))
        .forEach(all::add);
    all.sort(java.util.Comparator.comparing(row -> row.instant(2)));
    return all;
  }

  private static Share read(SqlRow row) {
    return new Share(
        row.text(0),
        row.uuid(1),
        row.text(2),
        Channel.valueOf(row.text(3)),
        TargetType.valueOf(row.text(4)),
        row.text(5),
        row.instant(6));
  }
}
