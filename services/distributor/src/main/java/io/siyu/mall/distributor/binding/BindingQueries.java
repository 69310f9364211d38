package io.siyu.mall.distributor.binding;

import io.siyu.mall.distributor.policy.BindingMode;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.paging.PageTokens.PageKey;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Reads of bindings. */
@ApplicationScoped
public class BindingQueries {

  private static final UUID LAST = new UUID(-1, -1);
  private static final String SELECT =
      "SELECT id, member_id, distributor_id, mode, opened_by, touch_id, policy_version, reason,"
          + " changed_by, started_at, ended_at, end_reason FROM bindings";

  private final SqlReader reader;

  BindingQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** The member's history, the newest first. */
  public Uni<List<Binding>> ofMember(UUID memberId, int limit, String token) {
    PageKey after = PageTokens.decode(token, 1);
    return reader
        .select(
            SELECT + " WHERE member_id = ? AND id < ? ORDER BY id DESC LIMIT " + limit,
            memberId,
            after == null ? LAST : after.uuid(0))
        .map(rows -> rows.stream().map(BindingQueries::read).toList());
  }

  /** One binding. */
  public Uni<Binding> get(SqlReader from, UUID id) {
    return from.select(SELECT + " WHERE id = ?", id).map(rows -> read(rows.get(0)));
  }

  private static Binding read(SqlRow row) {
    return new Binding(
        row.uuid(0),
        row.uuid(1),
        row.uuid(2),
        BindingMode.valueOf(row.text(3)),
        BindingOrigin.valueOf(row.text(4)),
        row.uuid(5),
        row.number(6),
        row.text(7),
        row.text(8),
        row.instant(9),
        row.instant(10),
        row.text(11));
  }
}
