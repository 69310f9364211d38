package io.siyu.mall.gateway.http;

import io.quarkus.runtime.StartupEvent;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/**
 * Files on their way in: few at once for each caller, and none that stays. The server removes a
 * file when its request is done; of one whose caller has gone it would never hear again.
 */
@ApplicationScoped
public class Uploads {

  private static final Logger LOG = Logger.getLogger(Uploads.class);

  private static final int RETRY_SECONDS = 10;

  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final int perCaller;
  private final Path folder;
  private final Duration age;

  Uploads(
      HttpConfig config,
      @ConfigProperty(name = "quarkus.http.body.uploads-directory") String folder) {
    this.perCaller = config.limits().uploadsPerCaller();
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

  /** Before the body is read. */
  @Upload
  @ServerRequestFilter
  public void begin(ContainerRequestContext context, HttpServerRequest request) {
    ResteasyReactiveRequestContext upload = CurrentRequestManager.get();
    Principal principal = context.getSecurityContext().getUserPrincipal();
    String caller = principal == null ? "" : principal.getName();
    take(caller);
    upload.registerCompletionCallback(failure -> giveBack(caller));
    request.exceptionHandler(failure -> upload.resume(brokenOff()));
  }

  private void take(String caller) {
    int held = underWay.merge(caller, 1, Integer::sum);
    if (held > perCaller) {
      giveBack(caller);
      throw new ProblemException(
          Problem.of(
              429, Reasons.UPLOADS_UNDER_WAY, "同时最多上传 " + perCaller + " 个文件，请等前面的上传完成后再试"),
          RETRY_SECONDS);
    }
  }

  private void giveBack(String caller) {
    underWay.computeIfPresent(caller, (key, held) -> held == 1 ? null : held - 1);
  }

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
