package io.siyu.mall.distributor.sharing;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Reads of shares. */
@ApplicationScoped
public class ShareQueries {

  private final SqlReader reader;
  private final Shares shares;

  ShareQueries(Pool pool, Shares shares) {
    this.reader = SqlReader.of(pool);
    this.shares = shares;
  }

  /**
   * What came of a share.
   *
   * @param visitors different members and anonymous visitors
   * @param orders paid orders with a line credited through it
   */
  public record Stats(UUID distributorId, long openings, long visitors, long orders) {}

  /**
   * A share by its code.
   *
   * @throws DomainException SHARE_NOT_FOUND
   */
  public Uni<Share> get(String code) {
    return shares.find(reader, code).onItem().ifNull().failWith(ShareQueries::unknown);
  }

  /**
   * The figures of a share.
   *
   * @throws DomainException SHARE_NOT_FOUND
   */
  public Uni<Stats> stats(String code) {
    return reader
        .select(
            "SELECT s.distributor_id, (SELECT COUNT(*) FROM touches t WHERE t.share_code = s.code),"
                + " (SELECT COUNT(DISTINCT COALESCE(HEX(t.member_id), t.anonymous_id))"
                + " FROM touches t WHERE t.share_code = s.code),"
                + " (SELECT COUNT(DISTINCT l.order_id) FROM touches t JOIN line_facts l"
                + " ON l.touch_id = t.id WHERE t.share_code = s.code)"
                + " FROM shares s WHERE s.code = ?",
            code)
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw unknown();
              }
              SqlRow row = rows.get(0);
              return new Stats(row.uuid(0), row.number(1), row.number(2), row.number(3));
            });
  }

  static DomainException unknown() {
    return DomainException.notFound(SharingCommands.SHARE_NOT_FOUND, "there is no such share");
  }
}
