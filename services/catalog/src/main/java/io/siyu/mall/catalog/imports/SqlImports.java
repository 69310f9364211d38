package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.platform.sql.SqlValues;
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
          + " instance_id, created_at, heartbeat_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
          + " UTC_TIMESTAMP(6))";

  private static final String PROGRESS =
      "UPDATE catalog_import SET rows_read = ?, rows_refused = ?, products_created = ?,"
          + " products_changed = ?, products_unchanged = ?, skus_created = ?, skus_changed = ?,"
          + " heartbeat_at = UTC_TIMESTAMP(6) WHERE id = ? AND state = 'RUNNING'";

  private static final String FINISH =
      "UPDATE catalog_import SET state = ?, failure = ?, finished_at = ?"
          + " WHERE id = ? AND state = 'RUNNING'";

  private static final String HEARTBEAT =
      "UPDATE catalog_import SET heartbeat_at = UTC_TIMESTAMP(6)"
          + " WHERE state = 'RUNNING' AND instance_id = ?";

  private static final String BURY =
      "UPDATE catalog_import SET state = 'FAILED', failure = ?, finished_at = ?"
          + " WHERE state = 'RUNNING'"
          + " AND heartbeat_at < TIMESTAMPADD(SECOND, -?, UTC_TIMESTAMP(6))";

  /** Adds a new import that the instance works on. */
  Uni<Void> add(SqlTransaction tx, ImportJob job, UUID instanceId) {
    return tx.execute(
            ADD,
            job.id(),
            job.state(),
            job.fileName(),
            job.fileHash(),
            job.defaultBrandCode(),
            job.createdBy(),
            instanceId,
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
            counts.productsCreated(),
            counts.productsChanged(),
            counts.productsUnchanged(),
            counts.skusCreated(),
            counts.skusChanged(),
            id)
        .map(rows -> rows == 1);
  }

  /** Ends it. */
  Uni<Void> finish(SqlTransaction tx, UUID id, ImportState state, String failure, Instant now) {
    ImportState.TABLE.check(ImportState.RUNNING, state);
    return tx.execute(FINISH, state, failure, now, id).replaceWithVoid();
  }

  /** Adds refused rows. */
  Uni<Void> addErrors(SqlTransaction tx, UUID id, List<RowError> errors) {
    SqlValues rows =
        SqlValues.into(
            "catalog_import_error", "import_id", "line", "column_name", "reason", "message");
    for (RowError error : errors) {
      rows.row(id, error.line(), error.column(), error.reason(), error.message());
    }
    return tx.insert(rows).replaceWithVoid();
  }

  /** Says that the instance is alive, and gives up the imports of those that are not. */
  Uni<Integer> heartbeat(
      SqlTransaction tx, UUID instanceId, long deadAfterSeconds, String failure, Instant now) {
    return tx.execute(HEARTBEAT, instanceId)
        .chain(() -> tx.execute(BURY, failure, now, deadAfterSeconds));
  }
}
