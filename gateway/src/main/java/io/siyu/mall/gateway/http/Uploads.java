package io.siyu.mall.gateway.http;

import io.quarkus.runtime.StartupEvent;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Files on their way in do not stay. The server removes a file when its request is done; that the
 * caller has gone it must be told, or it waits for ever for the rest. What a process left behind
 * that was killed goes at the next start, and whatever else by its age.
 */
@ApplicationScoped
public class Uploads {

  private static final Logger LOG = Logger.getLogger(Uploads.class);

  /** In which what had come before the end is written. */
  private static final Duration LAST_PIECES = Duration.ofMillis(500);

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

  /** Before the body is read: a caller who goes while it is ends the request. */
  @Upload
  @ServerRequestFilter
  public void begin(RoutingContext routing) {
    ResteasyReactiveRequestContext upload = CurrentRequestManager.get();
    // An exception handler of the request, which would be told as well, made other uploads hang.
    routing.addEndHandler(
        done -> {
          if (done.failed() && upload.getFormData() == null) {
            routing.vertx().setTimer(LAST_PIECES.toMillis(), timer -> upload.resume(brokenOff()));
          }
        });
  }

  /** Nobody hears it; but it is no error of ours. */
  private static ProblemException brokenOff() {
    return new ProblemException(Problem.of(400, Reasons.UPLOAD_BROKEN_OFF, "上传中断，请重新上传"));
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
