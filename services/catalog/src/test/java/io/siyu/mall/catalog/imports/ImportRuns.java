package io.siyu.mall.catalog.imports;

import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.Reach;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.catalog.v1.Brand;
import io.vertx.mutiny.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Imports into one brand, with batches of any size, and what came of them. */
final class ImportRuns {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Caller ADMIN =
      new Caller(
          Caller.Kind.STAFF, "tester", Set.of(Role.PLATFORM_ADMIN), Set.of(), null, Reach.ALL);

  private final StartImport startImport;
  private final Pool pool;
  private final ImportConfig config;
  private final int batchRows;
  final Brand brand = CatalogFixture.brand();

  ImportRuns(StartImport startImport, Pool pool, ImportConfig config, int batchRows) {
    this.startImport = startImport;
    this.pool = pool;
    this.config = config;
    this.batchRows = batchRows;
  }

  /** How an import ended. */
  record End(String state, String failure, ImportCounts counts, List<RowError> errors) {}

  /** Imports the text for the brand, on this thread. */
  End run(String text) {
    UUID id = Ids.next();
    try {
      Path file = Files.createTempFile("run", ".csv");
      Files.write(file, text.getBytes(StandardCharsets.UTF_8));
      ImportOrder order = new ImportOrder(id, file, "goods.csv", brand.getCode(), false, ADMIN);
      pool.withTransaction(c -> startImport.writeDown(SqlTransaction.of(c), order, ""))
          .await()
          .atMost(SOON);
      startImport.runWith(order, new Sized(config, batchRows));
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return end(id);
  }

  /** Every SKU of the brand as it is now, one per line. */
  List<String> goods() {
    return SqlReader.of(pool)
        .select(
            "SELECT CONCAT_WS('|', p.product_no, p.title, p.brief, p.state, p.price_from, s.sku_no,"
                + " s.position, s.specs, s.list_price, s.price, s.after_sale_days, l.supplied)"
                + " FROM product p JOIN sku s ON s.product_id = p.id"
                + " JOIN stock_level l ON l.sku_id = s.id JOIN brand b ON b.id = p.brand_id"
                + " WHERE b.code = ? ORDER BY p.product_no, s.position",
            brand.getCode())
        .await()
        .atMost(SOON)
        .stream()
        .map(row -> row.text(0))
        .toList();
  }

  private End end(UUID id) {
    SqlReader reader = SqlReader.of(pool);
    ImportQueries queries = new ImportQueries(pool);
    ImportJob job = queries.get(ADMIN, id).await().atMost(SOON);
    List<RowError> errors =
        reader
            .select(
                "SELECT line, column_name, reason, message, taken FROM catalog_import_error"
                    + " WHERE import_id = ? ORDER BY line",
                id)
            .await()
            .atMost(SOON)
            .stream()
            .map(r -> new RowError(r.number(0), r.text(1), r.text(2), r.text(3), r.number(4) == 1))
            .toList();
    return new End(job.state().name(), job.failure(), job.counts(), errors);
  }

  private record Sized(ImportConfig rest, int batchRows) implements ImportConfig {
    @Override
    public long maxBytes() {
      return rest.maxBytes();
    }

    @Override
    public int maxRows() {
      return 1_000;
    }

    @Override
    public Duration deadAfter() {
      return rest.deadAfter();
    }

    @Override
    public String heartbeatEvery() {
      return rest.heartbeatEvery();
    }

    @Override
    public Path spool() {
      return rest.spool();
    }

    @Override
    public Duration uploadIdle() {
      return rest.uploadIdle();
    }

    @Override
    public Duration spoolAge() {
      return rest.spoolAge();
    }

    @Override
    public int uploadsPerCaller() {
      return rest.uploadsPerCaller();
    }

    @Override
    public int waitingPerCaller() {
      return rest.waitingPerCaller();
    }
  }
}
