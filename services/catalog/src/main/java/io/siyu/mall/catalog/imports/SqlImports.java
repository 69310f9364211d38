package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.product.JsonText;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
import io.siyu.mall.text.Excerpt;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Stores imports, their progress and their errors. */
@ApplicationScoped
public class SqlImports {

  private static final String ADD =
      "INSERT INTO catalog_import (id, state, file_name, file_hash, default_brand_code, created_by,"
          + " created_at, unused_columns, heartbeat_at)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, '[]', UTC_TIMESTAMP(6))";

  private static final String PROGRESS =
      "UPDATE catalog_import SET rows_read = ?, rows_refused = ?, rows_noted = ?, products_created = ?,"
          + " products_changed = ?, products_unchanged = ?, skus_created = ?, skus_changed = ?,"
          + " skus_unchanged = ?, heartbeat_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = 'RUNNING'";

  private static final String UNUSED = "UPDATE catalog_import SET unused_columns = ? WHERE id = ?";
  private static final String UNDER_WAY =
      "SELECT COUNT(*) FROM catalog_import WHERE state = 'RUNNING' AND created_by = ?";
  private static final String FINISH =
      "UPDATE catalog_import SET state = ?, failure = ?, finished_at = ?"
          + " WHERE id = ? AND state = 'RUNNING'";

  private static final String HEARTBEAT =
      "UPDATE catalog_import SET heartbeat_at = UTC_TIMESTAMP(6) WHERE id = ?";

  private static final String SILENT =
      "SELECT id FROM catalog_import WHERE state = 'RUNNING'"
          + " AND heartbeat_at < TIMESTAMPADD(SECOND, -?, UTC_TIMESTAMP(6)) LIMIT 100";

  /** Adds a new import. */
  Uni<Void> add(SqlTransaction tx, ImportJob job) {
    return tx.execute(
            ADD,
            job.id(),
            job.state(),
            job.fileName(),
            job.fileHash(),
            job.defaultBrandCode(),
            job.createdBy(),
            job.createdAt())
        .replaceWithVoid();
  }

  /**
   * Writes how far it is.
   *
   * @return false when it does not run any more: somebody has given it up
   */
  Uni<Boolean> progress(SqlTransaction tx, UUID id, ImportCounts counts) {
    return tx.execute(
            PROGRESS,
            counts.rowsRead(),
            counts.rowsRefused(),
            counts.rowsNoted(),
            counts.productsCreated(),
            counts.productsChanged(),
            counts.productsUnchanged(),
            counts.skusCreated(),
            counts.skusChanged(),
            counts.skusUnchanged(),
            id)
        .map(rows -> rows == 1);
  }

  /** Ends it. */
  Uni<Void> finish(SqlTransaction tx, UUID id, ImportState state, String failure, Instant now) {
    ImportState.TABLE.check(ImportState.RUNNING, state);
    String kept = Excerpt.of(failure, RowError.MAX_MESSAGE);
    return tx.execute(FINISH, state, kept, now, id).replaceWithVoid();
  }

  /** Adds refused rows. */
  Uni<Void> addErrors(SqlTransaction tx, UUID id, List<RowError> errors) {
    SqlValues rows =
        SqlValues.into(
            "catalog_import_error",
            "import_id",
            "line",
            "column_name",
            "reason",
            "message",
            "taken");
    for (RowError error : errors) {
      rows.row(
          id, error.line(), error.column(), error.reason(), error.message(), error.taken() ? 1 : 0);
    }
    return tx.insert(rows).replaceWithVoid();
  }

  /** Notes the columns of the file that nobody reads. */
  Uni<Integer> unused(SqlTransaction tx, UUID id, List<String> columns) {
    return tx.execute(UNUSED, JsonText.ofTexts(columns), id);
  }

  /** How many imports of this caller run or wait. */
  Uni<Long> underWay(SqlReader reader, String caller) {
    return reader.select(UNDER_WAY, caller).map(rows -> rows.get(0).number(0));
  }

  /** Says that somebody works on it. */
  Uni<Void> heartbeat(SqlTransaction tx, UUID id) {
    return tx.execute(HEARTBEAT, id).replaceWithVoid();
  }

  /** The running imports that nobody has said to work on for so long. */
  Uni<List<UUID>> silent(SqlReader reader, long seconds) {
    return reader
        .select(SILENT, seconds)
        .map(rows -> rows.stream().map(row -> row.uuid(0)).toList());
  }
}
