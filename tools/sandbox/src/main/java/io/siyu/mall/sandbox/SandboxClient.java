package io.siyu.mall.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The control API of a running sandbox, for tests and the demo. */
public final class SandboxClient {
  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * @param url the sandbox's address, such as {@code http://localhost:8190}
   */
  public SandboxClient(String url) {
    this.url = url;
  }

  /**
   * Makes a persona, or changes it.
   *
   * @param phone 11 digits, or null
   * @param realName or null
   * @return {@code name, openid, unionid, phone, realName}
   */
  public JsonNode persona(String name, String phone, String realName) {
    return post(
        "/sandbox/wechat/personas",
        Json.object("name", name, "phone", phone, "realName", realName));
  }

  /** The openid of the persona; makes it if there is none. */
  public String openid(String persona) {
    return persona(persona, null, null).get("openid").textValue();
  }

  /** A code as {@code wx.login} gives it to the persona; makes the persona if there is none. */
  public String loginCode(String persona) {
    return post("/sandbox/wechat/codes", Json.object("persona", persona)).get("code").textValue();
  }

  /** A code as the phone number button gives it to the persona. */
  public String phoneCode(String persona) {
    return post("/sandbox/wechat/phone-codes", Json.object("persona", persona))
        .get("code")
        .textValue();
  }

  /** The user pays the order. */
  public JsonNode pay(String outTradeNo) {
    return post("/sandbox/wechat-pay/pay", Json.object("outTradeNo", outTradeNo));
  }

  /**
   * The user pays with what the merchant handed to the client.
   *
   * @param parameters {@code appId, timeStamp, nonceStr, package, signType, paySign}
   */
  public JsonNode pay(JsonNode parameters) {
    return post("/sandbox/wechat-pay/pay", parameters);
  }

  /** The payments of that number: none or one. */
  public JsonNode payments(String outTradeNo) {
    return get("/sandbox/wechat-pay/payments?outTradeNo=" + encode(outTradeNo));
  }

  /** All refunds. */
  public JsonNode refunds() {
    return get("/sandbox/wechat-pay/refunds");
  }

  /** All transfers. */
  public JsonNode transfers() {
    return get("/sandbox/wechat-pay/transfers");
  }

  /** The user confirms a transfer. */
  public JsonNode confirmTransfer(String outBillNo) {
    return confirmTransfer(outBillNo, null);
  }

  /**
   * The user confirms a transfer that the mini-program showed with this package.
   *
   * @param packageInfo as the merchant handed it to the client, or null not to check it
   */
  public JsonNode confirmTransfer(String outBillNo, String packageInfo) {
    return post(
        "/sandbox/wechat-pay/transfers/" + encode(outBillNo) + "/confirm",
        Json.object("packageInfo", packageInfo));
  }

  /** WeChat Pay fails a transfer that has no end yet. */
  public JsonNode failTransfer(String outBillNo, String reason) {
    return post(
        "/sandbox/wechat-pay/transfers/" + encode(outBillNo) + "/fail",
        Json.object("reason", reason));
  }

  /** WeChat Pay ends a refund: {@code SUCCESS}, {@code CLOSED} or {@code ABNORMAL}. */
  public JsonNode finishRefund(String outRefundNo, String state) {
    return post(
        "/sandbox/wechat-pay/refunds/" + encode(outRefundNo) + "/finish",
        Json.object("state", state));
  }

  /** The notifications about the merchant's number, with their attempts. */
  public JsonNode notifications(String subject) {
    return get("/sandbox/wechat-pay/notifications?subject=" + encode(subject));
  }

  /**
   * Sends the newest notification about the number once more.
   *
   * @param variety {@code GENUINE, FORGED, STALE, WRONG_AMOUNT} or {@code SIGNTEST}
   * @return the attempt: {@code status, answer, error, millis}
   */
  public JsonNode sendNotification(String subject, String variety) {
    return post(
        "/sandbox/wechat-pay/notifications/send",
        Json.object("subject", subject, "variety", variety));
  }

  /**
   * Makes an operation misbehave.
   *
   * @param misbehaviour {@code operation, kind, remaining, delayMillis, status, code, message,
   *     amountFen}; see the README
   */
  public JsonNode misbehave(JsonNode misbehaviour) {
    return post("/sandbox/misbehaviours", misbehaviour);
  }

  /** Makes an operation misbehave the given number of times. */
  public JsonNode misbehave(String operation, String kind, int times) {
    return misbehave(Json.object("operation", operation, "kind", kind, "remaining", times));
  }

  /** Ends all misbehaviour. */
  public void reset() {
    post("/sandbox/reset", null);
  }

  /**
   * An order at Taobao comes in, or is changed where there is one of that number.
   *
   * @param order {@code tradeId, parentId, relationId, status (PAID, RECEIVED, SETTLED, INVALID),
   *     title, itemId, quantity, paidFen, commissionFen, serviceFeeFen, at}; all but the channel
   *     have defaults
   */
  public JsonNode taobaoOrder(JsonNode order) {
    return post("/sandbox/taobao/orders", order);
  }

  /** An order at Taobao goes on: {@code status, at, commissionFen}. */
  public JsonNode taobaoAdvance(String tradeId, JsonNode change) {
    return post("/sandbox/taobao/orders/" + encode(tradeId) + "/advance", change);
  }

  /**
   * A dispute, by which Taobao may take commission back; again with its {@code suitId}, it changes:
   * {@code suitId, status, feeFen, subsidyFen, serviceFeeFen, agentFeeFen, returnedFen, at}.
   */
  public JsonNode taobaoClawback(String tradeId, JsonNode clawback) {
    return post("/sandbox/taobao/orders/" + encode(tradeId) + "/clawbacks", clawback);
  }

  /** Many orders at once: {@code count, from, to, relationIds}. */
  public JsonNode taobaoBatch(JsonNode batch) {
    return post("/sandbox/taobao/batches", batch);
  }

  /** How strict Taobao is: {@code callsPerSecond, windowMinutes, refundsWrapped}. */
  public JsonNode taobaoSettings(JsonNode settings) {
    return post("/sandbox/taobao/settings", settings);
  }

  /** The channels registered at Taobao: {@code session, note, relationId}. */
  public JsonNode taobaoRelations() {
    return get("/sandbox/taobao/relations");
  }

  /** How often each of Taobao's methods was answered, and {@code limited}. */
  public JsonNode taobaoCalls() {
    return get("/sandbox/taobao/calls");
  }

  private JsonNode get(String path) {
    return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
  }

  private JsonNode post(String path, JsonNode body) {
    return send(
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body == null ? "" : Json.text(body))));
  }

  private JsonNode send(HttpRequest.Builder builder) {
    HttpRequest request = builder.timeout(Duration.ofSeconds(30)).build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(
            request.method() + " " + request.uri() + ": " + response.body());
      }
      return Json.MAPPER.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(request.uri() + " did not answer JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox does not answer at " + url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
