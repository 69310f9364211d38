package io.siyu.mall.cps.taobao;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.siyu.mall.cps.affiliate.Guard;
import io.siyu.mall.cps.affiliate.PlatformException;
import io.siyu.mall.cps.affiliate.PlatformException.Kind;
import io.siyu.mall.platform.time.SecurityTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.MultiMap;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.util.TypeLiteral;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Calls TOP: signs, sends, and tells an answer from an error. */
@ApplicationScoped
class TopClient {

  static final ZoneId ZONE = ZoneId.of("GMT+8");
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final String PREFIX = "taobao.";
  private static final int TOO_MANY_CALLS = 7;
  private static final Set<String> THROTTLED =
      Set.of("isp.call-limited", "accesscontrol.limited-by-api-access-count");

  private final TaobaoConfig config;
  private final WebClient http;
  private final Guard<JsonNode> guard;

  TopClient(TaobaoConfig config, Vertx vertx) {
    this.config = config;
    this.http = WebClient.create(vertx);
    this.guard =
        new Guard<>(
            new TypeLiteral<Uni<JsonNode>>() {},
            config.callsPerSecond(),
            config.deadline(),
            config.pause(),
            config.open());
  }

  /**
   * Calls a method.
   *
   * @param business its own parameters; {@code session} among them stands for somebody else's
   * @return what is inside of the answer's envelope
   */
  Uni<JsonNode> call(String method, Map<String, String> business) {
    return guard.call(() -> attempt(method, business));
  }

  private Uni<JsonNode> attempt(String method, Map<String, String> business) {
    // Signed anew each time: the time is part of it.
    Map<String, String> parameters = new HashMap<>();
    parameters.put("method", method);
    parameters.put("app_key", config.appKey().orElseThrow());
    parameters.put("session", config.session().orElseThrow());
    parameters.put("timestamp", TIME.format(SecurityTime.now().atZone(ZONE)));
    parameters.put("format", "json");
    parameters.put("v", "2.0");
    parameters.put("sign_method", config.signMethod());
    parameters.putAll(business);
    parameters.put(
        "sign", TopSignature.of(config.signMethod(), parameters, config.appSecret().orElseThrow()));
    MultiMap form = MultiMap.caseInsensitiveMultiMap();
    form.addAll(parameters);
    return http.postAbs(config.apiUrl())
        .timeout(config.deadline().toMillis())
        .sendForm(form)
        .map(response -> read(method, response));
  }

  private static JsonNode read(String method, HttpResponse<Buffer> response) {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.bodyAsString("UTF-8"));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw nonsense(response.statusCode());
    }
    String envelope = method.substring(PREFIX.length()).replace('.', '_') + "_response";
    if (answer.has("error_response")) {
      throw refusal(answer.get("error_response"));
    }
    if (!answer.has(envelope)) {
      throw nonsense(response.statusCode());
    }
    return answer.get(envelope);
  }

  private static PlatformException nonsense(int status) {
    return new PlatformException(
        Kind.UNAVAILABLE, "NO_TOP_ANSWER", "HTTP " + status + " without an answer of TOP");
  }

  private static PlatformException refusal(JsonNode error) {
    int code = error.path("code").asInt();
    String sub = error.path("sub_code").asText("");
    String message = error.path("msg").asText("") + " " + error.path("sub_msg").asText("");
    Kind kind =
        code == TOO_MANY_CALLS || THROTTLED.contains(sub)
            ? Kind.THROTTLED
            : sub.startsWith("isp.") ? Kind.UNAVAILABLE : Kind.REFUSED;
    return new PlatformException(kind, code + "/" + sub, message.strip());
  }
}
