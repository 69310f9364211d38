package io.siyu.mall.catalog.brand;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Reads of brands. */
@ApplicationScoped
public class BrandQueries {

  public static final String BRAND_UNKNOWN = "BRAND_UNKNOWN";

  private static final String SELECT =
      "SELECT id, code, name, logo_url, story, state, state_reason, version, created_at"
          + " FROM brand";

  private final SqlReader reader;

  BrandQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** A page of brands in the order of their codes. */
  public record BrandPage(List<BrandView> brands, String nextPageToken) {}

  /** The brand, or a failure NOT_FOUND BRAND_UNKNOWN when there is none that the caller may see. */
  public Uni<BrandView> byId(Caller caller, BrandId id) {
    return one(reader.select(SELECT + " WHERE id = ?" + visible(caller), id.value()));
  }

  /** The brand, or a failure NOT_FOUND BRAND_UNKNOWN when there is none that the caller may see. */
  public Uni<BrandView> byCode(Caller caller, String code) {
    return one(reader.select(SELECT + " WHERE code = ?" + visible(caller), code));
  }

  /** Every brand, for an import that must find them by code or name. */
  public Uni<List<BrandView>> all() {
    return reader.select(SELECT).map(rows -> rows.stream().map(BrandQueries::view).toList());
  }

  /** Brands that the caller may see, in the order of their codes. */
  public Uni<BrandPage> list(Caller caller, int size, String pageToken) {
    PageTokens.PageKey after = PageTokens.decode(pageToken, 1);
    return reader
        .select(
            SELECT + " WHERE code > ?" + visible(caller) + " ORDER BY code LIMIT ?",
            after == null ? "" : after.text(0),
            size + 1)
        .map(
            rows -> {
              List<BrandView> page = rows.stream().limit(size).map(BrandQueries::view).toList();
              String next =
                  rows.size() > size ? PageTokens.encode(page.get(page.size() - 1).code()) : "";
              return new BrandPage(page, next);
            });
  }

  /** Shoppers see what is on sale; staff, and services for their books, see all. */
  private static String visible(Caller caller) {
    return caller.isStaff() || caller.isService() ? "" : " AND state = 'ON_SALE'";
  }

  private static Uni<BrandView> one(Uni<List<SqlRow>> rows) {
    return rows.map(
        found -> {
          if (found.isEmpty()) {
            throw DomainException.notFound(BRAND_UNKNOWN, "no such brand");
          }
          return view(found.get(0));
        });
  }

  private static BrandView view(SqlRow row) {
    return new BrandView(
        row.uuid(0),
        row.text(1),
        row.text(2),
        row.text(3),
        row.text(4),
        BrandState.valueOf(row.text(5)),
        row.text(6),
        row.number(7),
        row.instant(8));
  }
}
