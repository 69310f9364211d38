package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.sql.SqlReader;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many files one caller may have on their way here, and how many may wait to be imported. */
@ApplicationScoped
public class UploadSlots {

  private static final int SECONDS_OF_AN_UPLOAD = 10;
  private static final int SECONDS_OF_AN_IMPORT = 60;

  private final SqlReader reader;
  private final SqlImports imports;
  private final ImportConfig config;
  private final Map<String, Integer> uploads = new ConcurrentHashMap<>();

  UploadSlots(Pool pool, SqlImports imports, ImportConfig config) {
    this.reader = SqlReader.of(pool);
    this.imports = imports;
    this.config = config;
  }

  /**
   * Takes a slot for the time of the upload.
   *
   * @return the upload's end, or a failure RESOURCE_EXHAUSTED UPLOADS_UNDER_WAY or IMPORTS_WAITING
   *     that says when to try again
   */
  <T> Uni<T> during(Caller caller, Uni<T> upload) {
    return Uni.createFrom()
        .deferred(
            () -> {
              take(caller.key());
              return imports
                  .underWay(reader, caller.key())
                  .invoke(this::checkWaiting)
                  .chain(() -> upload)
                  .onTermination()
                  .invoke(() -> giveBack(caller.key()));
            });
  }

  private void take(String caller) {
    int held = uploads.merge(caller, 1, Integer::sum);
    if (held > config.uploadsPerCaller()) {
      giveBack(caller);
      throw full(
          "UPLOADS_UNDER_WAY",
          "at most " + config.uploadsPerCaller() + " at once",
          SECONDS_OF_AN_UPLOAD);
    }
  }

  private void giveBack(String caller) {
    uploads.computeIfPresent(caller, (key, held) -> held == 1 ? null : held - 1);
  }

  private void checkWaiting(long waiting) {
    if (waiting >= config.waitingPerCaller()) {
      throw full(
          "IMPORTS_WAITING",
          "at most " + config.waitingPerCaller() + " at once",
          SECONDS_OF_AN_IMPORT);
    }
  }

  private static DomainException full(String reason, String message, int seconds) {
    return new DomainException(Kind.RESOURCE_EXHAUSTED, reason, message)
        .with("retry_after_seconds", seconds);
  }
}
