package io.siyu.mall.membership.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.SandboxConfig;
import io.siyu.mall.sandbox.SandboxKeys;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client against WeChat's protocol as the sandbox speaks it. */
class WxJavaWeChatTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Vertx VERTX = Vertx.vertx();

  private static SandboxKeys keys;
  private static Sandbox sandbox;
  private static SandboxClient control;

  private final WeChat weChat = new WxJavaWeChat(VERTX, config(sandbox.url(), keys.appSecret()));

  @BeforeAll
  static void start() {
    keys = SandboxKeys.in(Path.of("target", "sandbox-keys"));
    sandbox = Sandbox.start(SandboxConfig.forTests(keys));
    control = sandbox.client();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
    VERTX.closeAndAwait();
  }

  @AfterEach
  void behave() {
    control.reset();
  }

  @Test
  void tellsWhoSignsIn() {
    WeChatPerson person = await(weChat.exchange(control.loginCode("ming")));
    assertEquals(control.openid("ming"), person.openid());
    assertEquals(keys.appId(), person.appId());
    assertEquals(control.persona("ming", null, null).get("unionid").textValue(), person.unionid());
  }

  @Test
  void tellsThePhone() {
    control.persona("phone", "13800001111", null);
    assertEquals("13800001111", await(weChat.phoneNumber(control.phoneCode("phone"))));
    assertEquals("13800001111", await(weChat.phoneNumber(control.phoneCode("phone"))));
  }

  @Test
  void codesWorkOnceAndOnlyForWhatTheyAre() {
    String code = control.loginCode("once");
    await(weChat.exchange(code));
    refused(Kind.FAILED_PRECONDITION, WeChat.CODE_USED, weChat.exchange(code));
    refused(Kind.INVALID_ARGUMENT, WeChat.CODE_INVALID, weChat.exchange("no-code"));
    refused(Kind.INVALID_ARGUMENT, WeChat.CODE_INVALID, weChat.exchange(control.phoneCode("once")));
    refused(
        Kind.INVALID_ARGUMENT, WeChat.CODE_INVALID, weChat.phoneNumber(control.loginCode("once")));
  }

  @Test
  void tooManyIsSaidSo() {
    fail("wechat.code2session", "45011");
    refused(Kind.RESOURCE_EXHAUSTED, WeChat.BUSY, weChat.exchange(control.loginCode("busy")));
  }

  @Test
  void anAccessTokenThatWasReplacedElsewhereIsFetchedAgain() {
    await(weChat.phoneNumber(control.phoneCode("token")));
    fail("wechat.phone", "40001");
    assertEquals(11, await(weChat.phoneNumber(control.phoneCode("token"))).length());
  }

  @Test
  void whatWeCannotHelpIsUnavailable() {
    for (String kind : new String[] {"NONSENSE", "DROP"}) {
      control.misbehave("wechat.code2session", kind, 10);
      refused(Kind.UNAVAILABLE, WeChat.UNAVAILABLE, weChat.exchange(control.loginCode("unlucky")));
      control.reset();
    }
    WeChat wrongSecret = new WxJavaWeChat(VERTX, config(sandbox.url(), "0".repeat(32)));
    refused(
        Kind.UNAVAILABLE, WeChat.UNAVAILABLE, wrongSecret.exchange(control.loginCode("unlucky")));
    WeChat nobody = new WxJavaWeChat(VERTX, config("http://127.0.0.1:1", keys.appSecret()));
    refused(Kind.UNAVAILABLE, WeChat.UNAVAILABLE, nobody.exchange("code"));
    WeChat unset = new WxJavaWeChat(VERTX, config(sandbox.url(), null));
    refused(Kind.UNAVAILABLE, WeChat.UNAVAILABLE, unset.exchange("code"));
  }

  @Test
  void nobodyWaitsBeyondTheDeadline() {
    ObjectNode slow =
        new ObjectMapper()
            .createObjectNode()
            .put("operation", "wechat.code2session")
            .put("kind", "DELAY")
            .put("delayMillis", 6_000);
    String code = control.loginCode("slow");
    control.misbehave(slow);
    long start = System.nanoTime();
    refused(Kind.UNAVAILABLE, WeChat.UNAVAILABLE, weChat.exchange(code));
    assertTrue(System.nanoTime() - start < DEADLINE.plusSeconds(1).toNanos());
  }

  private static void fail(String operation, String code) {
    control.misbehave(
        new ObjectMapper()
            .createObjectNode()
            .put("operation", operation)
            .put("kind", "FAIL")
            .put("remaining", 1)
            .put("status", 200)
            .put("code", code)
            .put("message", "asked for"));
  }

  private static void refused(Kind kind, String reason, Uni<?> asked) {
    DomainException refusal = assertThrows(DomainException.class, () -> await(asked));
    assertEquals(reason, refusal.reason());
    assertEquals(kind, refusal.kind());
  }

  private static <T> T await(Uni<T> asked) {
    return asked.await().atMost(Duration.ofSeconds(20));
  }

  private static WeChatConfig config(String url, String secret) {
    return new WeChatConfig() {
      @Override
      public String apiUrl() {
        return url;
      }

      @Override
      public Optional<String> appId() {
        return Optional.of(keys.appId());
      }

      @Override
      public Optional<String> appSecret() {
        return Optional.ofNullable(secret);
      }

      @Override
      public Duration deadline() {
        return DEADLINE;
      }
    };
  }
}
