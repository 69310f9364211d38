package io.siyu.mall.gateway.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Problems for what never reaches an endpoint: unknown paths, and failures of the layers before.
 */
@Singleton
public class ProblemRoutes {

  private static final Logger LOG = Logger.getLogger(ProblemRoutes.class);

  private final ObjectMapper json;

  ProblemRoutes(ObjectMapper json) {
    this.json = json;
  }

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    router.route().order(Integer.MAX_VALUE).handler(this::unknown);
  }

  /** Ends the request with the problem. */
  public void answer(RoutingContext context, Problem problem, int retryAfterSeconds) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.headWritten()) {
      return;
    }
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Cache-Control", "no-store");
    if (retryAfterSeconds > 0) {
      response.putHeader("Retry-After", String.valueOf(retryAfterSeconds));
    }
    try {
      response.end(Buffer.buffer(json.writeValueAsBytes(problem)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a problem must be writable", e);
    }
  }

  private void unknown(RoutingContext context) {
    answer(context, ProblemMappers.ofStatus(404), 0);
  }

  private void failed(RoutingContext context) {
    Throwable failure = context.failure();
    if (context.response().ended()) {
      return;
    }
    if (failure != null && (context.statusCode() <= 0 || context.statusCode() >= 500)) {
      String errorId = UUID.randomUUID().toString();
      LOG.errorf(failure, "unexpected error %s", errorId);
      answer(context, Problem.internal(errorId), 0);
      return;
    }
    int status = context.statusCode();
    answer(context, ProblemMappers.ofStatus(status), status == 503 ? 1 : 0);
  }
}
