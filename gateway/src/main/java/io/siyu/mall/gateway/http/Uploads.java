package io.siyu.mall.gateway.http;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Files on their way in do not stay. The server removes a file when its request is done; of one
 * whose caller has gone it never hears again, so what is left behind goes at start and by its age.
 */
@ApplicationScoped
public class Uploads {

  private static final Logger LOG = Logger.getLogger(Uploads.class);

  private final Path folder;
  private final Duration age;

  Uploads(
      HttpConfig config,
      @ConfigProperty(name = "quarkus.http.body.uploads-directory") String folder) {
    this.age = config.limits().uploadAge();
    this.folder = Path.of(folder);
  }

  /** What a process before this one has left goes now, what this one leaves by its age. */
  void start(@Observes StartupEvent started, Vertx vertx) {
    sweep(Duration.ZERO);
    vertx.setPeriodic(
        Duration.ofMinutes(1).toMillis(),
        timer ->
            vertx.executeBlocking(
                () -> {
                  sweep(age);
                  return null;
                }));
  }

  /** Removes files that have not changed for so long. */
  void sweep(Duration unchangedFor) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        // The file system's clock, not that of the business.
        long changed = Files.getLastModifiedTime(file).toMillis();
        if (System.currentTimeMillis() - changed >= unchangedFor.toMillis()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.warnf("uploads that were left behind cannot be removed: %s", e.toString());
    }
  }
}
