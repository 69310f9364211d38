package io.siyu.mall.gateway;

import static io.siyu.mall.gateway.testing.Api.problem;
import static io.siyu.mall.gateway.testing.Outside.services;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.siyu.mall.gateway.testing.GatewayTest;
import io.siyu.mall.proto.membership.v1.SessionsGrpc;
import io.siyu.mall.proto.order.v1.PaymentsGrpc;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The limits by HTTP, with few requests allowed, behind a proxy on this machine. */
@GatewayTest
@TestProfile(RateLimitsTest.Few.class)
class RateLimitsTest {

  private static final int PER_ADDRESS = 12;
  private static final int SIGN_INS = 3;
  private static final AtomicInteger CLIENTS = new AtomicInteger();

  /** Buckets that hardly fill again while a test runs. */
  public static class Few implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.ofEntries(
          Map.entry("mall.gateway.http.trusted-proxies", "127.0.0.0/8,::1/128,198.51.100.0/24"),
          Map.entry("mall.gateway.http.limits.per-address.burst", "" + PER_ADDRESS),
          Map.entry("mall.gateway.http.limits.per-address.refill", "1"),
          Map.entry("mall.gateway.http.limits.per-address.period", "PT10M"),
          Map.entry("mall.gateway.http.limits.callbacks.burst", "" + 5 * PER_ADDRESS),
          Map.entry("mall.gateway.http.limits.callbacks.refill", "1"),
          Map.entry("mall.gateway.http.limits.callbacks.period", "PT10M"),
          Map.entry("mall.gateway.http.limits.sign-in.burst", "" + SIGN_INS),
          Map.entry("mall.gateway.http.limits.sign-in.refill", "1"),
          Map.entry("mall.gateway.http.limits.sign-in.period", "PT10M"));
    }
  }

  /** A client that was not there before. */
  private static String client() {
    int number = CLIENTS.incrementAndGet();
    return "203.0." + number / 250 + "." + (number % 250 + 1);
  }

  private static int get(String path, String forwardedFor) {
    return status("GET", path, forwardedFor, "");
  }

  private static int signIn(String path, String forwardedFor) {
    return status("POST", path, forwardedFor, "{\"provider\":\"WECHAT_MINI\",\"code\":\"c\"}");
  }

  /** As it is written, byte by byte: a client library would tidy up the path. */
  private static int status(String method, String path, String forwardedFor, String body) {
    String request =
        """
        %s %s HTTP/1.1
        Host: localhost
        Connection: close
        Content-Type: application/json
        X-Forwarded-For: %s
        Content-Length: %d

        %s"""
            .formatted(method, path, forwardedFor, body.length(), body);
    int end = request.length() - body.length();
    String wire = request.substring(0, end).replace("\n", "\r\n") + body;
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.getOutputStream().write(wire.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void attemptsToSignInAreCountedHoweverThePathIsWritten() {
    for (String path :
        List.of(
            "/shop/v1/sessions",
            "/shop/v1/sessions/",
            "/shop/v1/sessions;a=1",
            "/shop;x/v1;y=2/sessions",
            "/shop/v1/%73essions",
            "/%73hop/v1/sessions",
            "//shop/v1//sessions",
            "/shop/v1/./sessions",
            "/shop/v1/x/../sessions",
            "/shop/v1/sessions?a=/b",
            "/callbacks/../shop/v1/sessions",
            "/SHOP/v1/sessions")) {
      String client = client();
      for (int i = 0; i < SIGN_INS; i++) {
        signIn(path, client);
      }
      int before = services().calls(SessionsGrpc.getSignInMethod()).size();
      int status = signIn(path, client);
      assertTrue(status == 429 || status == 404 || status == 400, path + " was " + status);
      assertEquals(before, services().calls(SessionsGrpc.getSignInMethod()).size(), path);
      // Whatever was tried before, one bucket.
      int other = signIn("/shop/v1/sessions", client);
      assertEquals(status == 429, other == 429, path + ": the plain path was " + other);
    }
  }

  @Test
  void onlySigningInIsCountedAsSuch() {
    String client = client();
    for (int i = 0; i <= SIGN_INS; i++) {
      assertNotEquals(429, status("POST", "/shop/v1/sessions/refresh", client, "{}"));
    }
    assertNotEquals(429, signIn("/shop/v1/sessions", client));
  }

  @Test
  void everyRequestOfAnAddressCountsAlsoOfPathsThatThereAreNot() {
    String client = client();
    for (int i = 0; i < PER_ADDRESS; i++) {
      assertNotEquals(429, get(i % 2 == 0 ? "/nowhere/" + i : "/q/nothing" + i, client));
    }
    assertEquals(429, get("/nowhere", client));
    assertEquals(429, get("/shop/v1/products", client));
    assertEquals(429, get("/shop/v1/products;a=1", client));
    assertEquals(429, get("/q/health/../../shop/v1/products", client));
    assertEquals(200, get("/shop/v1/products", client()), "others are served");
    Response refused =
        RestAssured.given().header("X-Forwarded-For", client).get("/shop/v1/products");
    problem(refused.then(), 429, "RATE_LIMITED");
    assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
  }

  @Test
  void whatAClientInventsInForwardedForChangesNothing() {
    String client = client();
    for (int i = 0; i < PER_ADDRESS; i++) {
      assertNotEquals(429, get("/ping", "9.9.9." + i + ", " + client + ", 198.51.100.7"));
    }
    assertEquals(429, get("/ping", "8.8.8.8, " + client));
    assertEquals(429, get("/ping", client));
  }

  @Test
  void anIpv6SubscriberIsOneClient() {
    for (int i = 0; i < PER_ADDRESS; i++) {
      assertNotEquals(429, get("/ping", "2001:db8:7:1::" + i));
    }
    assertEquals(429, get("/ping", "[2001:db8:7:1:aaaa:bbbb:cccc:dddd]:443"));
    assertEquals(200, get("/ping", "2001:db8:7:2::1"));
    String client = client();
    for (int i = 0; i < PER_ADDRESS; i++) {
      get("/ping", "::ffff:" + client);
    }
    assertEquals(429, get("/ping", client));
  }

  @Test
  void aProvidersMessagesAreStoppedByNothingElse() {
    String client = client();
    for (int i = 0; i < 2 * PER_ADDRESS; i++) {
      get("/ping", client);
    }
    assertEquals(429, get("/ping", client));
    for (int i = 0; i < 2 * PER_ADDRESS; i++) {
      assertEquals(204, status("POST", "/callbacks/wechat-pay/payments", client, "{}"));
    }
    assertEquals(
        2 * PER_ADDRESS, services().calls(PaymentsGrpc.getHandleNotificationMethod()).size());
  }

  @Test
  void aFloodOfMessagesEndsAndStopsNobodyElse() {
    String flood = client();
    int refused = 0;
    for (int i = 0; i < 6 * PER_ADDRESS; i++) {
      refused += status("POST", "/callbacks/wechat-pay/payments", flood, "{}") == 429 ? 1 : 0;
    }
    assertEquals(PER_ADDRESS, refused);
    assertEquals(200, get("/ping", flood), "its other requests");
    assertEquals(204, status("POST", "/callbacks/wechat-pay/payments", client(), "{}"));
  }

  @Test
  void aPathThatOnlyLooksLikeACallbackCountsLikeEverythingElse() {
    String client = client();
    int served = 0;
    for (int i = 0; i < 2 * PER_ADDRESS; i++) {
      served += get("/callbacks/;/../../ping", client) == 200 ? 1 : 0;
      served += get("/callbacks/%2e%2e/ping", client) == 200 ? 1 : 0;
    }
    assertTrue(served <= PER_ADDRESS, "served " + served);
  }
}
