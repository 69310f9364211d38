package io.siyu.mall.sandbox.wechat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.control.ControlApi;
import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.http.Route;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.platform.Platform;
import io.siyu.mall.sandbox.platform.World;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;

/** The mini-program's server interfaces: sign-in, access tokens, phone numbers. */
public final class WeChat implements Platform {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Credentials app;
  private final Clock clock;
  private final Personas personas;
  private final Codes codes;
  private final AccessTokens tokens;
  private final Protocol protocol = new WeChatErrors();

  public WeChat(World world) {
    this.app = world.credentials();
    this.clock = world.clock();
    this.personas = new Personas(app.appId(), world.store());
    this.codes = new Codes(world.store(), clock);
    this.tokens = new AccessTokens(world.store(), clock);
  }

  /** Everybody in this world. */
  public Personas personas() {
    return personas;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        api("GET", "/sns/jscode2session", "wechat.code2session", this::codeToSession),
        api("GET", "/cgi-bin/token", "wechat.token", this::token),
        api("POST", "/cgi-bin/stable_token", "wechat.token", this::stableToken),
        api("POST", "/wxa/business/getuserphonenumber", "wechat.phone", this::phoneNumber),
        ControlApi.route("GET", "/sandbox/wechat/personas", r -> Answer.ok(personas.all())),
        ControlApi.route("POST", "/sandbox/wechat/personas", r -> Answer.ok(persona(r))),
        ControlApi.route("POST", "/sandbox/wechat/codes", r -> code(r, Codes.Purpose.LOGIN)),
        ControlApi.route("POST", "/sandbox/wechat/phone-codes", r -> code(r, Codes.Purpose.PHONE)));
  }

  private Route api(String method, String path, String operation, Route.Handler handler) {
    return new Route(method, path, operation, protocol, handler);
  }

  private Answer codeToSession(Request request) {
    checkApp(request.parameter("appid"), request.parameter("secret"));
    String code = request.parameter("js_code");
    if (code == null || code.isEmpty()) {
      throw WeChatErrors.refusal(41008);
    }
    if (!"authorization_code".equals(request.parameter("grant_type"))) {
      throw WeChatErrors.refusal(40002);
    }
    String openid = codes.redeem(Codes.Purpose.LOGIN, code);
    byte[] sessionKey = new byte[16];
    RANDOM.nextBytes(sessionKey);
    return Answer.ok(
        Json.object(
            "session_key",
            Base64.getEncoder().encodeToString(sessionKey),
            "openid",
            openid,
            "unionid",
            personas.byOpenid(openid).map(Persona::unionid).orElse(null)));
  }

  private Answer token(Request request) {
    if (!"client_credential".equals(request.parameter("grant_type"))) {
      throw WeChatErrors.refusal(40002);
    }
    checkApp(request.parameter("appid"), request.parameter("secret"));
    return Answer.ok(tokens.next().json());
  }

  private Answer stableToken(Request request) {
    JsonNode body = body(request);
    if (!"client_credential".equals(body.path("grant_type").asText())) {
      throw WeChatErrors.refusal(40002);
    }
    checkApp(body.path("appid").asText(null), body.path("secret").asText(null));
    return Answer.ok(tokens.stable(body.path("force_refresh").asBoolean(false)).json());
  }

  private Answer phoneNumber(Request request) {
    tokens.check(request.parameter("access_token"));
    String code = body(request).path("code").asText("");
    if (code.isEmpty()) {
      throw WeChatErrors.refusal(41008);
    }
    Persona persona =
        personas
            .byOpenid(codes.redeem(Codes.Purpose.PHONE, code))
            .orElseThrow(() -> WeChatErrors.refusal(40029));
    return Answer.ok(
        Json.object(
            "errcode",
            0,
            "errmsg",
            "ok",
            "phone_info",
            Json.object(
                "phoneNumber",
                persona.phone(),
                "purePhoneNumber",
                persona.phone(),
                "countryCode",
                "86",
                "watermark",
                Json.object("timestamp", clock.instant().getEpochSecond(), "appid", app.appId()))));
  }

  private void checkApp(String appId, String secret) {
    if (appId == null || appId.isEmpty()) {
      throw WeChatErrors.refusal(41002);
    }
    if (secret == null || secret.isEmpty()) {
      throw WeChatErrors.refusal(41004);
    }
    if (!appId.equals(app.appId())) {
      throw WeChatErrors.refusal(40013);
    }
    if (!secret.equals(app.appSecret())) {
      throw WeChatErrors.refusal(40125);
    }
  }

  private static JsonNode body(Request request) {
    try {
      JsonNode body = Json.MAPPER.readTree(request.text());
      if (body.isObject()) {
        return body;
      }
    } catch (JsonProcessingException e) {
      // The same to WeChat.
    }
    throw WeChatErrors.refusal(47001);
  }

  private record PersonaWanted(
      String name, String persona, String openid, String phone, String realName) {}

  private Persona persona(Request request) {
    PersonaWanted wanted = ControlApi.read(request, PersonaWanted.class);
    return personas.put(wanted.name(), wanted.phone(), wanted.realName());
  }

  private Answer code(Request request, Codes.Purpose purpose) {
    PersonaWanted wanted = ControlApi.read(request, PersonaWanted.class);
    Persona persona =
        wanted.openid() == null
            ? personas.put(
                wanted.persona() != null ? wanted.persona() : wanted.name(),
                wanted.phone(),
                wanted.realName())
            : personas
                .byOpenid(wanted.openid())
                .orElseThrow(() -> new Refusal(404, "NOT_FOUND", "no persona has that openid"));
    return Answer.ok(
        Json.object(
            "code",
            codes.issue(purpose, persona.openid()),
            "openid",
            persona.openid(),
            "unionid",
            persona.unionid()));
  }
}
