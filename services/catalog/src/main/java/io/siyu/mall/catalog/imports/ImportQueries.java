package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.JsonText;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;
import io.siyu.mall.platform.paging.PageTokens;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlRow;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Reads of imports: the platform's staff see all, others their own and those of their brands. */
@ApplicationScoped
public class ImportQueries {

  public static final String IMPORT_UNKNOWN = "IMPORT_UNKNOWN";

  private static final String SELECT =
      "SELECT id, state, file_name, file_hash, default_brand_code, created_by, rows_read,"
          + " rows_refused, rows_noted, products_created, products_changed, products_unchanged,"
          + " skus_created, skus_changed, skus_unchanged, failure, created_at, finished_at,"
          + " unused_columns FROM catalog_import WHERE 1 = 1";

  private final SqlReader reader;

  ImportQueries(Pool pool) {
    this.reader = SqlReader.of(pool);
  }

  /** A page of imports, newest first. */
  public record ImportPage(List<ImportJob> imports, String nextPageToken) {}

  /** A page of refused rows in the order of the file. */
  public record ErrorPage(List<RowError> errors, String nextPageToken) {}

  /**
   * The import, or a failure NOT_FOUND IMPORT_UNKNOWN when there is none that the caller may see.
   */
  public Uni<ImportJob> get(Caller caller, UUID id) {
    StringBuilder sql = new StringBuilder(SELECT).append(" AND id = ?");
    List<Object> params = new ArrayList<>(List.of(id));
    visible(caller, sql, params);
    return reader
        .select(sql.toString(), params.toArray())
        .map(
            rows -> {
              if (rows.isEmpty()) {
                throw DomainException.notFound(IMPORT_UNKNOWN, "no such import");
              }
              return job(rows.get(0));
            });
  }

  /** The imports that the caller may see, newest first. */
  public Uni<ImportPage> list(Caller caller, int size, String pageToken) {
    StringBuilder sql = new StringBuilder(SELECT);
    List<Object> params = new ArrayList<>();
    visible(caller, sql, params);
    PageTokens.PageKey after = PageTokens.decode(pageToken, 1);
    if (after != null) {
      sql.append(" AND id < ?");
      params.add(after.uuid(0));
    }
    params.add(size + 1);
    return reader
        .select(sql.append(" ORDER BY id DESC LIMIT ?").toString(), params.toArray())
        .map(
            rows ->
                new ImportPage(
                    rows.stream().limit(size).map(ImportQueries::job).toList(),
                    rows.size() > size ? PageTokens.encode(rows.get(size - 1).uuid(0)) : ""));
  }

  /** The refused rows of an import. */
  public Uni<ErrorPage> errors(UUID importId, int size, String pageToken) {
    PageTokens.PageKey after = PageTokens.decode(pageToken, 1);
    return reader
        .select(
            "SELECT line, column_name, reason, message, taken FROM catalog_import_error"
                + " WHERE import_id = ? AND line > ? ORDER BY line LIMIT ?",
            importId,
            after == null ? 0L : after.number(0),
            size + 1)
        .map(
            rows -> {
              List<RowError> page = rows.stream().limit(size).map(ImportQueries::error).toList();
              String next =
                  rows.size() > size ? PageTokens.encode(page.get(page.size() - 1).line()) : "";
              return new ErrorPage(page, next);
            });
  }

  private static void visible(Caller caller, StringBuilder sql, List<Object> params) {
    Reach reach = caller.reach();
    if (reach.all()) {
      return;
    }
    sql.append(" AND (created_by = ?");
    params.add(caller.key());
    if (!reach.brandCodes().isEmpty()) {
      sql.append(" OR default_brand_code IN (?")
          .append(", ?".repeat(reach.brandCodes().size() - 1))
          .append(')');
      params.addAll(reach.brandCodes());
    }
    sql.append(')');
  }

  private static RowError error(SqlRow row) {
    return new RowError(row.number(0), row.text(1), row.text(2), row.text(3), row.number(4) == 1);
  }

  private static ImportJob job(SqlRow row) {
    return new ImportJob(
        row.uuid(0),
        ImportState.valueOf(row.text(1)),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        new ImportCounts(
            row.number(6),
            row.number(7),
            row.number(8),
            row.number(9),
            row.number(10),
            row.number(11),
            row.number(12),
            row.number(13),
            row.number(14)),
        row.text(15),
        row.instant(16),
        row.instant(17),
        JsonText.texts(row.text(18)));
  }
}
