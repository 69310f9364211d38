package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one import on a thread of its own: reads rows, and writes them a batch per transaction
 * together with the errors and the progress.
 */
final class RunImport {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int RETRIES = 5;
  private static final int BATCH_CHARACTERS = 1_000_000;
  private static final int MAX_ERRORS = 10_000;

  private final Pool pool;
  private final GoodsRows goods;
  private final SqlImports imports;
  private final ImportPlaces places;
  private final Clock clock;
  private final ImportOrder order;
  private final int batchRows;

  private final FileMemory memory = new FileMemory();
  private final List<PlacedRow> batch = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();
  private int batchCharacters;
  private long rowsRead;
  private long rowsRefused;
  private long errorsKept;

  RunImport(
      Pool pool,
      GoodsRows goods,
      SqlImports imports,
      ImportPlaces places,
      Clock clock,
      ImportOrder order,
      int batchRows) {
    this.pool = pool;
    this.goods = goods;
    this.imports = imports;
    this.places = places;
    this.clock = clock;
    this.order = order;
    this.batchRows = batchRows;
  }

  /**
   * Imports the whole file.
   *
   * @throws FileUnusable when it cannot be read to its end; the batches before are kept
   */
  void run() throws IOException {
    try (CsvFile file = CsvFile.open(order.file())) {
      for (CsvFile.Row row = file.next(); row != null; row = file.next()) {
        rowsRead++;
        take(row);
        if (batch.size() + errors.size() >= batchRows || batchCharacters >= BATCH_CHARACTERS) {
          flush();
        }
      }
    } finally {
      flush();
    }
    ImportState end = rowsRefused == 0 ? ImportState.SUCCEEDED : ImportState.SUCCEEDED_WITH_ERRORS;
    finish(end, "");
  }

  /** Ends it as failed. */
  void fail(String failure) {
    finish(ImportState.FAILED, failure);
  }

  private void take(CsvFile.Row row) {
    try {
      ImportRow read = RowReader.read(row);
      PlacedRow placed = PlacedRow.of(read, places.brand(read), places.category(read));
      memory.admit(placed);
      batch.add(placed);
      batchCharacters += read.bytes();
    } catch (RowRefused refused) {
      errors.add(refused.error());
    }
  }

  private void flush() {
    if (batch.isEmpty() && errors.isEmpty()) {
      return;
    }
    Written written =
        Uni.createFrom()
            .deferred(() -> pool.withTransaction(c -> write(SqlTransaction.of(c))))
            .onFailure(f -> DatabaseErrors.isDeadlock(f) || DatabaseErrors.isDuplicateKey(f))
            .retry()
            .atMost(RETRIES)
            .await()
            .atMost(TIMEOUT);
    memory.committed(
        written.plan.outcomes(), written.plan.skusCreated(), written.plan.skusChanged());
    rowsRefused += written.refused;
    errorsKept += written.kept;
    batch.clear();
    errors.clear();
    batchCharacters = 0;
    progress();
  }

  private record Written(ImportPlan plan, int refused, int kept) {}

  private Uni<Written> write(SqlTransaction tx) {
    return goods
        .lock(tx, batch)
        .map(stored -> ImportPlan.of(batch, stored))
        .chain(
            plan -> {
              List<RowError> refused = new ArrayList<>(errors);
              refused.addAll(plan.errors());
              List<RowError> kept =
                  refused.stream().limit(Math.max(0, MAX_ERRORS - errorsKept)).toList();
              return goods
                  .write(tx, plan, order, clock.instant())
                  .chain(() -> imports.addErrors(tx, order.importId(), kept))
                  .replaceWith(new Written(plan, refused.size(), kept.size()));
            });
  }

  private void progress() {
    boolean running =
        pool.withTransaction(
                c ->
                    imports.progress(
                        SqlTransaction.of(c),
                        order.importId(),
                        memory.counts(rowsRead, rowsRefused)))
            .await()
            .atMost(TIMEOUT);
    if (!running) {
      throw new IllegalStateException("import " + order.importId() + " was given up meanwhile");
    }
  }

  private void finish(ImportState state, String failure) {
    pool.withTransaction(
            c ->
                imports.finish(
                    SqlTransaction.of(c), order.importId(), state, failure, clock.instant()))
        .await()
        .atMost(TIMEOUT);
  }
}
