package io.siyu.mall.catalog.imports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** What an import may cost. */
@ConfigMapping(prefix = "mall.import")
public interface ImportConfig {

  /** Largest file, in bytes; the gateway has the same property. */
  @WithDefault("67108864")
  long maxBytes();

  /** Most rows of a file: a place in memory is kept of each. */
  @WithDefault("200000")
  int maxRows();

  /** Rows that share a transaction; those of one product always do. */
  @WithDefault("200")
  int batchRows();

  /** An import whose service has not been heard of for so long is dead. */
  @WithDefault("PT60S")
  Duration deadAfter();

  /** How often a running import says that it is alive. */
  @WithDefault("10s")
  String heartbeatEvery();

  /** Where files wait for their import; of this process alone. */
  Path spool();

  /** An upload of which nothing came for so long has broken off. */
  @WithDefault("PT1M")
  Duration uploadIdle();

  /** A file in the spool that nobody waits for is removed when it is so old. */
  @WithDefault("PT10M")
  Duration spoolAge();

  /** Uploads that one caller may have under way at once. */
  @WithDefault("2")
  int uploadsPerCaller();

  /** Imports of one caller that may run or wait at once. */
  @WithDefault("5")
  int waitingPerCaller();
}
