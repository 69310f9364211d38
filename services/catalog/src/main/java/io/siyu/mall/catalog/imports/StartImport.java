package io.siyu.mall.catalog.imports;

import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.catalog.brand.BrandCommands;
import io.siyu.mall.catalog.brand.BrandQueries;
import io.siyu.mall.catalog.category.CategoryCommands;
import io.siyu.mall.catalog.category.CategoryQueries;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlReader;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Starts imports and runs them one after the other on one thread. An import whose service died is
 * given up by whichever replica notices first; sending the file again does the rest.
 */
@ApplicationScoped
public class StartImport {

  private static final Logger LOG = Logger.getLogger(StartImport.class);

  /** Given up soon enough for the next one to come before the import counts as dead. */
  private static final Duration LONGEST_BEAT = Duration.ofSeconds(20);

  private static final String DIED = "导入时服务中断了。已导入的行不受影响，请重新上传同一文件继续。";
  private static final String BROKE = "导入时出现内部错误。已导入的行不受影响，请稍后重新上传同一文件。";

  private final Set<UUID> own = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "catalog-import"));

  private final Pool pool;
  private final Jobs jobs;
  private final Clock clock;
  private final GoodsRows goods;
  private final SqlImports imports;
  private final BrandQueries brandQueries;
  private final BrandCommands brandCommands;
  private final CategoryQueries categoryQueries;
  private final CategoryCommands categoryCommands;
  private final Spool spool;
  private final ImportConfig config;

  StartImport(
      Pool pool,
      Jobs jobs,
      Clock clock,
      GoodsRows goods,
      SqlImports imports,
      BrandQueries brandQueries,
      BrandCommands brandCommands,
      CategoryQueries categoryQueries,
      CategoryCommands categoryCommands,
      Spool spool,
      ImportConfig config) {
    this.pool = pool;
    this.jobs = jobs;
    this.clock = clock;
    this.goods = goods;
    this.imports = imports;
    this.brandQueries = brandQueries;
    this.brandCommands = brandCommands;
    this.categoryQueries = categoryQueries;
    this.categoryCommands = categoryCommands;
    this.spool = spool;
    this.config = config;
  }

  /** Writes a new import down; {@link #run} it once that has committed. */
  Uni<ImportJob> writeDown(SqlTransaction tx, ImportOrder order, String fileHash) {
    ImportJob job =
        ImportJob.start(
            order.importId(),
            order.fileName(),
            fileHash,
            order.defaultBrandCode(),
            order.caller().key(),
            clock.instant());
    return imports.add(tx, job).replaceWith(job);
  }

  /** Runs an import after those that wait already; its file is removed at the end. */
  void run(ImportOrder order) {
    own.add(order.importId());
    thread.execute(() -> runNow(order));
  }

  private void runNow(ImportOrder order) {
    try {
      runWith(order, config);
    } finally {
      own.remove(order.importId());
      spool.remove(order.file());
    }
  }

  /** Runs it at once, on this thread. */
  void runWith(ImportOrder order, ImportConfig cost) {
    ImportReport report = new ImportReport(pool, imports, clock, order);
    try {
      ImportPlaces places =
          new ImportPlaces(
              brandQueries, brandCommands, categoryQueries, categoryCommands, jobs, order);
      new RunImport(pool, goods, places, clock, order, cost, report).run();
    } catch (FileUnusable unusable) {
      giveUp(report, unusable.getMessage());
    } catch (IOException | RuntimeException e) {
      UUID errorId = UUID.randomUUID();
      LOG.errorf(e, "import %s broke, error %s", order.importId(), errorId);
      giveUp(report, BROKE + "编号 " + errorId + "。");
    }
  }

  /** When the database is away even this fails; then the missing heartbeat ends the import. */
  private static void giveUp(ImportReport report, String failure) {
    try {
      report.fail(failure);
    } catch (RuntimeException e) {
      LOG.warnf("an import could not be marked as failed: %s", e.toString());
    }
  }

  @Scheduled(
      identity = "import-heartbeat",
      every = "${mall.import.heartbeat-every:10s}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  Uni<Void> heartbeat() {
    return jobs.run(
        "import-heartbeat",
        LONGEST_BEAT,
        () -> each(own, imports::heartbeat).chain(this::buryDead));
  }

  /** Gives up imports whose service has not been heard of. */
  Uni<Void> buryDead() {
    return imports
        .silent(SqlReader.of(pool), config.deadAfter().toSeconds())
        .chain(
            dead ->
                each(
                    dead,
                    (tx, id) -> imports.finish(tx, id, ImportState.FAILED, DIED, clock.instant())));
  }

  /** One short transaction each, so that nothing waits for a running batch while it holds locks. */
  private Uni<Void> each(
      Collection<UUID> ids, BiFunction<SqlTransaction, UUID, Uni<Void>> statement) {
    Uni<Void> chain = Uni.createFrom().voidItem();
    for (UUID id : ids) {
      chain =
          chain.chain(() -> pool.withTransaction(c -> statement.apply(SqlTransaction.of(c), id)));
    }
    return chain;
  }

  @PreDestroy
  void stop() {
    thread.shutdownNow();
  }
}
