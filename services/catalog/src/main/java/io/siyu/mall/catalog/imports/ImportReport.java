package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What one import tells of itself: counts, refused rows, its end. Belongs to its thread. */
final class ImportReport {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** Rows after which it is told how far it is, at the latest. */
  private static final int PROGRESS_ROWS = 2_000;

  private static final int MAX_ERRORS = 10_000;

  private final Pool pool;
  private final SqlImports imports;
  private final Clock clock;
  private final ImportOrder order;
  private final List<RowError> waiting = new ArrayList<>();
  private ImportCounts counts = ImportCounts.NONE;
  private int errorsKept;

  ImportReport(Pool pool, SqlImports imports, Clock clock, ImportOrder order) {
    this.pool = pool;
    this.imports = imports;
    this.clock = clock;
    this.order = order;
  }

  /** One more row was read. */
  void read() {
    counts = counts.read();
    if (counts.rowsRead() % PROGRESS_ROWS == 0) {
      tell();
    }
  }

  /** Rows are refused, or taken with a note; the first ten thousand are kept. */
  void say(List<RowError> errors) {
    counts = counts.said(errors);
    errors.stream().limit(MAX_ERRORS - errorsKept).forEach(waiting::add);
    errorsKept = Math.min(MAX_ERRORS, errorsKept + errors.size());
    if (waiting.size() >= PROGRESS_ROWS) {
      tell();
    }
  }

  /** A plan was carried out. */
  void done(ImportPlan plan) {
    counts = counts.done(plan);
    say(plan.errors());
    tell();
  }

  /** Says which columns the file has that nobody reads. */
  void unused(List<String> columns) {
    if (!columns.isEmpty()) {
      in(tx -> imports.unused(tx, order.importId(), columns));
    }
  }

  /** Every row was read. */
  void finish() {
    tell();
    boolean all = counts.rowsRefused() == 0;
    end(all ? ImportState.SUCCEEDED : ImportState.SUCCEEDED_WITH_ERRORS, "");
  }

  /** It cannot go on; what was taken stays. */
  void fail(String failure) {
    end(ImportState.FAILED, failure);
  }

  private void tell() {
    boolean running =
        in(
            tx ->
                imports
                    .addErrors(tx, order.importId(), waiting)
                    .chain(() -> imports.progress(tx, order.importId(), counts)));
    waiting.clear();
    if (!running) {
      throw new ImportGivenUp();
    }
  }

  private void end(ImportState state, String failure) {
    in(tx -> imports.finish(tx, order.importId(), state, failure, clock.instant()));
  }

  private <T> T in(Function<SqlTransaction, Uni<T>> work) {
    return pool.withTransaction(c -> work.apply(SqlTransaction.of(c))).await().atMost(TIMEOUT);
  }
}
