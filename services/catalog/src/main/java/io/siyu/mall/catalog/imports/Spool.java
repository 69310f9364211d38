package io.siyu.mall.catalog.imports;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.siyu.mall.platform.time.SecurityTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * The files that wait for their import. Each is removed by whoever asked for it; what is left
 * behind all the same goes when the service starts, and by its age.
 */
@ApplicationScoped
public class Spool {

  private static final Logger LOG = Logger.getLogger(Spool.class);

  private final Path folder;
  private final Duration age;
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();

  Spool(ImportConfig config) {
    this.folder = config.spool().toAbsolutePath();
    this.age = config.spoolAge();
  }

  /** Nobody waits for what a process before this one has left. */
  void start(@Observes StartupEvent started) {
    sweep(Duration.ZERO);
  }

  /** A new empty file; in use until {@link #remove}. */
  Path add() {
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "import-", ".csv");
      inUse.add(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the file if it is still there. */
  void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warnf("the file of an import stays behind for now: %s", e.toString());
    }
    inUse.remove(file);
  }

  @Scheduled(
      identity = "import-spool",
      every = "1m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweepOld() {
    sweep(age);
  }

  /** Removes files that nobody uses and that have not changed for so long. */
  void sweep(Duration unchangedFor) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "import-*.csv")) {
      for (Path file : files) {
        if (!inUse.contains(file) && isOlder(file, unchangedFor)) {
          LOG.infof("%s was left behind and is removed", file.getFileName());
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.warnf("the spool of imports cannot be swept: %s", e.toString());
    }
  }

  private static boolean isOlder(Path file, Duration than) throws IOException {
    // As the file system has it: the clock of the business can be moved.
    Instant changed = Files.getLastModifiedTime(file).toInstant();
    return !SecurityTime.now().isBefore(changed.plus(than));
  }
}
