package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Runs one import on a thread of its own, in two looks at the file. The first judges each row by
 * itself and remembers where the rows of each product are; the second takes product by product,
 * each with all its rows, a batch of products per transaction. So how many share one decides how
 * fast it is and nothing else.
 */
final class RunImport {

  private static final Logger LOG = Logger.getLogger(RunImport.class);

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int RETRIES = 5;
  private static final int BATCH_BYTES = 1_000_000;

  private final Pool pool;
  private final GoodsRows goods;
  private final ImportPlaces places;
  private final Clock clock;
  private final ImportOrder order;
  private final ImportConfig config;
  private final ImportReport report;

  private Stated stated;
  private List<List<PlacedRow>> batch = new ArrayList<>();
  private int batchRows;
  private int batchBytes;

  RunImport(
      Pool pool,
      GoodsRows goods,
      ImportPlaces places,
      Clock clock,
      ImportOrder order,
      ImportConfig config,
      ImportReport report) {
    this.pool = pool;
    this.goods = goods;
    this.places = places;
    this.clock = clock;
    this.order = order;
    this.config = config;
    this.report = report;
  }

  /**
   * Imports the whole file.
   *
   * @throws FileUnusable when it is no such file; then nothing was taken
   */
  void run() throws IOException {
    try (CsvFile file = CsvFile.open(order.file())) {
      stated = new Stated(file.columns());
      report.unused(file.unusedColumns());
      FileIndex index = firstLook(file);
      for (List<FileIndex.Place> product : index.products()) {
        addToBatch(file, product);
      }
      flush();
    }
    report.finish();
  }

  private FileIndex firstLook(CsvFile file) throws IOException {
    FileIndex index = new FileIndex();
    int rows = 0;
    for (CsvFile.Row row = file.next(); row != null; row = file.next()) {
      if (++rows > config.maxRows()) {
        throw new FileUnusable("文件超过 " + config.maxRows() + " 行，请拆成几个文件分别上传。没有导入任何行。");
      }
      report.read();
      long offset = row.offset();
      judge(row, placed -> index.add(placed, offset));
    }
    return index;
  }

  private void judge(CsvFile.Row row, Consumer<PlacedRow> taker) {
    try {
      ImportRow read = RowReader.read(row);
      taker.accept(PlacedRow.of(read, places.brand(read), places.category(read)));
    } catch (RowRefused refused) {
      report.say(List.of(refused.error()));
    } catch (RuntimeException | StackOverflowError e) {
      throwOutage(e);
      report.say(List.of(unforeseen(row.line(), logged(e))));
    }
  }

  private void addToBatch(CsvFile file, List<FileIndex.Place> product) throws IOException {
    List<PlacedRow> rows = new ArrayList<>(product.size());
    for (FileIndex.Place place : product) {
      CsvFile.Row row = file.at(place.offset(), place.line());
      batchBytes += rows.isEmpty() ? row.size() : 0;
      judge(row, placed -> rows.add(rows.isEmpty() ? placed : placed.sharing(rows.get(0))));
    }
    if (!rows.isEmpty()) {
      batch.add(rows);
    }
    batchRows += rows.size();
    if (batchRows >= config.batchRows() || batchBytes >= BATCH_BYTES) {
      flush();
    }
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    List<List<PlacedRow>> products = batch;
    batch = new ArrayList<>();
    batchRows = 0;
    batchBytes = 0;
    ImportPlan done;
    try {
      done = write(products.stream().flatMap(List::stream).toList());
    } catch (RuntimeException e) {
      throwOutage(e);
      products.forEach(this::writeAlone);
      return;
    }
    report.done(done);
  }

  /** What nobody foresaw is the fault of one product and costs the others nothing. */
  private void writeAlone(List<PlacedRow> product) {
    ImportPlan done;
    try {
      done = write(product);
    } catch (RuntimeException e) {
      throwOutage(e);
      UUID errorId = logged(e);
      report.say(product.stream().map(row -> unforeseen(row.line(), errorId)).toList());
      return;
    }
    report.done(done);
  }

  private ImportPlan write(List<PlacedRow> rows) {
    return Uni.createFrom()
        .deferred(() -> pool.withTransaction(c -> write(SqlTransaction.of(c), rows)))
        .onFailure(f -> DatabaseErrors.isDeadlock(f) || DatabaseErrors.isDuplicateKey(f))
        .retry()
        .atMost(RETRIES)
        .await()
        .atMost(TIMEOUT);
  }

  private Uni<ImportPlan> write(SqlTransaction tx, List<PlacedRow> rows) {
    return goods
        .lock(tx, rows)
        .map(stored -> ImportPlan.of(rows, stored, stated))
        .call(plan -> goods.write(tx, plan, order, clock.instant()));
  }

  /** When the database does not answer it is no row's fault, and the import cannot go on. */
  private static void throwOutage(Throwable failure) {
    boolean outage =
        failure instanceof TimeoutException
            || failure instanceof DomainException refusal && refusal.kind() == Kind.UNAVAILABLE
            || DatabaseErrors.isUnavailable(failure);
    if (outage) {
      throw (RuntimeException) failure;
    }
  }

  private UUID logged(Throwable failure) {
    UUID errorId = UUID.randomUUID();
    LOG.errorf(failure, "import %s: a row failed, error %s", order.importId(), errorId);
    return errorId;
  }

  private static RowError unforeseen(long line, UUID errorId) {
    return new RowError(
        line, "", RowError.UNFORESEEN, "这一行无法导入，原因不明。请联系技术支持并提供编号 " + errorId + "。");
  }
}
