package io.siyu.mall.sandbox.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import java.util.List;

/** Health, and the control of misbehaviour. */
public final class ControlApi {
  private final Misbehaviours misbehaviours;

  public ControlApi(Misbehaviours misbehaviours) {
    this.misbehaviours = misbehaviours;
  }

  /** Its routes. */
  public List<Route> routes() {
    return List.of(
        route("GET", "/q/health/ready", r -> Answer.ok(Json.object("status", "UP"))),
        route("GET", "/q/health/live", r -> Answer.ok(Json.object("status", "UP"))),
        route("GET", "/sandbox/operations", r -> Answer.ok(misbehaviours.operations())),
        route("GET", "/sandbox/misbehaviours", r -> Answer.ok(misbehaviours.active())),
        route(
            "POST",
            "/sandbox/misbehaviours",
            r -> Answer.json(201, misbehaviours.add(read(r, Misbehaviour.class)))),
        route(
            "POST",
            "/sandbox/reset",
            r -> {
              misbehaviours.reset();
              return Answer.noContent();
            }));
  }

  /** A route of the control API, which never misbehaves. */
  public static Route route(String method, String template, Route.Handler handler) {
    return new Route(method, template, null, Protocol.PLAIN, handler);
  }

  /**
   * The body as a value; an empty body as one with nothing set.
   *
   * @throws Refusal 400 if it cannot be read
   */
  public static <T> T read(Request request, Class<T> type) {
    try {
      String text = request.text();
      return Json.MAPPER.readValue(text.isBlank() ? "{}" : text, type);
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "INVALID", e.getOriginalMessage());
    }
  }
}
