package io.siyu.mall.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.binarywang.wx.miniapp.api.WxMaService;
import cn.binarywang.wx.miniapp.api.impl.WxMaServiceImpl;
import cn.binarywang.wx.miniapp.bean.WxMaJscode2SessionResult;
import cn.binarywang.wx.miniapp.config.impl.WxMaDefaultConfigImpl;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import me.chanjar.weixin.common.error.WxErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Judged by WxJava. */
class SignInTest {
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  Sandbox sandbox;
  SandboxClient control;

  @BeforeEach
  void open() {
    Clock clock =
        new Clock() {
          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now.get();
          }
        };
    sandbox = Worlds.start(config -> config.withClock(clock));
    control = sandbox.client();
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void aCodeIsGoodOnce() throws WxErrorException {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    String code = control.loginCode("小雨");
    WxMaJscode2SessionResult session = app.jsCode2SessionInfo(code);
    assertThat(session.getOpenid()).isEqualTo(control.openid("小雨")).hasSize(28).startsWith("o");
    assertThat(session.getUnionid()).isNotEmpty().isNotEqualTo(session.getOpenid());
    assertThat(session.getSessionKey()).hasSize(24);
    assertThatThrownBy(() -> app.jsCode2SessionInfo(code)).satisfies(SignInTest::is40163);
  }

  @Test
  void aCodeIsGoodForFiveMinutes() throws WxErrorException {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    String inTime = control.loginCode("小雨");
    String late = control.loginCode("小雨");
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(5)));
    app.jsCode2SessionInfo(inTime);
    now.updateAndGet(t -> t.plus(Duration.ofSeconds(1)));
    assertError(40029, () -> app.jsCode2SessionInfo(late));
  }

  @Test
  void refusesWhatIsNoCode() {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    assertError(40029, () -> app.jsCode2SessionInfo("0neverissued"));
    String phoneCode = control.phoneCode("小雨");
    assertError(40029, () -> app.jsCode2SessionInfo(phoneCode));
  }

  @Test
  void refusesAForeignApp() {
    String code = control.loginCode("小雨");
    assertError(40125, () -> app(Worlds.KEYS.appId(), "0".repeat(32)).jsCode2SessionInfo(code));
    assertError(
        40013, () -> app("wx0000000000000000", Worlds.KEYS.appSecret()).jsCode2SessionInfo(code));
  }

  @Test
  void oneUserSignsInAtMostAHundredTimesAMinute() throws WxErrorException {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    for (int i = 0; i < 100; i++) {
      app.jsCode2SessionInfo(control.loginCode("急性子"));
    }
    String code = control.loginCode("急性子");
    assertError(45011, () -> app.jsCode2SessionInfo(code));
    app.jsCode2SessionInfo(control.loginCode("小雨"));
    now.updateAndGet(t -> t.plus(Duration.ofSeconds(61)));
    app.jsCode2SessionInfo(code);
  }

  @Test
  void phoneNumbersNeedAnAccessTokenAndAPhoneCode() throws WxErrorException {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    control.persona("小雨", "13800138000", null);
    String code = control.phoneCode("小雨");
    var phone = app.getUserService().getPhoneNumber(code);
    assertThat(phone.getPurePhoneNumber()).isEqualTo("13800138000");
    assertThat(phone.getCountryCode()).isEqualTo("86");
    assertThat(phone.getWatermark().getAppid()).isEqualTo(Worlds.KEYS.appId());
    assertError(40163, () -> app.getUserService().getPhoneNumber(code));
    String loginCode = control.loginCode("小雨");
    assertError(40029, () -> app.getUserService().getPhoneNumber(loginCode));
  }

  @Test
  void stableTokensStayTheSameUntilForced() throws WxErrorException {
    WxMaDefaultConfigImpl config = config(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    config.useStableAccessToken(true);
    WxMaService app = new WxMaServiceImpl();
    app.setWxMaConfig(config);
    String first = app.getAccessToken();
    config.expireAccessToken();
    assertThat(app.getAccessToken(false)).isEqualTo(first);
    assertThat(app.getAccessToken(true)).isNotEqualTo(first);
    // WxJava asks for a new token by itself on 40001 and 42001.
    config.updateAccessToken(first, 7200);
    assertThat(app.getUserService().getPhoneNumber(control.phoneCode("小雨"))).isNotNull();
  }

  @Test
  void plainTokensOverlapFiveMinutes() throws WxErrorException {
    WxMaDefaultConfigImpl config = config(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    WxMaService app = new WxMaServiceImpl();
    app.setWxMaConfig(config);
    app.setMaxRetryTimes(1);
    String first = app.getAccessToken();
    String second = app.getAccessToken(true);
    assertThat(second).isNotEqualTo(first);
    assertThat(phoneError(first)).isZero();
    now.updateAndGet(t -> t.plus(Duration.ofMinutes(5)));
    assertThat(phoneError(first)).isEqualTo(42001);
    assertThat(phoneError("invented")).isEqualTo(40001);
    assertThat(phoneError(second)).isZero();
  }

  @Test
  void theInterfaceFailsAsTold() throws WxErrorException {
    WxMaService app = app(Worlds.KEYS.appId(), Worlds.KEYS.appSecret());
    app.setMaxRetryTimes(1);
    String code = control.loginCode("小雨");
    control.misbehave(
        Json.object(
            "operation", "wechat.code2session",
            "kind", "FAIL",
            "remaining", 1,
            "status", 200,
            "code", "45011",
            "message", "api minute-quota reach limit"));
    assertError(45011, () -> app.jsCode2SessionInfo(code));
    assertThat(app.jsCode2SessionInfo(code).getOpenid()).isNotEmpty();
  }

  /**
   * The error code that the phone interface answers to this token: asked without WxJava's retry.
   */
  private int phoneError(String token) {
    try {
      var request =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create(
                      sandbox.url() + "/wxa/business/getuserphonenumber?access_token=" + token))
              .POST(
                  java.net.http.HttpRequest.BodyPublishers.ofString(
                      Json.text(Json.object("code", control.phoneCode("小雨")))))
              .build();
      String answer =
          java.net.http.HttpClient.newHttpClient()
              .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
              .body();
      return Json.MAPPER.readTree(answer).get("errcode").intValue();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private WxMaService app(String appId, String secret) {
    WxMaService app = new WxMaServiceImpl();
    app.setWxMaConfig(config(appId, secret));
    return app;
  }

  private WxMaDefaultConfigImpl config(String appId, String secret) {
    WxMaDefaultConfigImpl config = new WxMaDefaultConfigImpl();
    config.setAppid(appId);
    config.setSecret(secret);
    config.setApiHostUrl(sandbox.url());
    return config;
  }

  private static void is40163(Throwable error) {
    assertThat(((WxErrorException) error).getError().getErrorCode()).isEqualTo(40163);
  }

  private interface Call {
    void run() throws WxErrorException;
  }

  private static void assertError(int code, Call call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            WxErrorException.class,
            error -> assertThat(error.getError().getErrorCode()).isEqualTo(code));
  }
}
