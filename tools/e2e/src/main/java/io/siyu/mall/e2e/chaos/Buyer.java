package io.siyu.mall.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.e2e.Api;
import io.siyu.mall.e2e.StoryFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One shopper who orders and pays again and again, and repeats every request that got no answer
 * under the same key, as a phone on a bad network does.
 */
final class Buyer {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);
  private static final long PAUSE_MILLIS = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  /** So many may be unpaid at once. */
  private static final int UNPAID_TRADES = 5;

  /** Of ten trades, so many are cancelled instead of paid. */
  private static final int CANCELLED_OF_TEN = 1;

  private final Api anonymous;
  private final Api sandbox;
  private final String persona;
  private final List<String> skus;
  private final String shareCode;
  private final Random random;
  private final List<String> trades = new ArrayList<>();
  private Api api;
  private String addressId;

  Buyer(
      Api anonymous,
      Api sandbox,
      String persona,
      List<String> skus,
      String shareCode,
      Random random) {
    this.anonymous = anonymous;
    this.sandbox = sandbox;
    this.persona = persona;
    this.skus = skus;
    this.shareCode = shareCode;
    this.random = random;
  }

  /** Signs in through the distributor's share and leaves an address. */
  void arrive() {
    signIn();
    addressId =
        insist(
                key ->
                    api.post(
                        "/shop/v1/me/addresses",
                        Map.of(
                            "receiverName", "周小舟",
                            "phone", "13600002222",
                            "province", "广东省",
                            "city", "深圳市",
                            "district", "南山区",
                            "detail", "科技路 9 号"),
                        key))
            .path("addressId")
            .asText();
  }

  /** Places a trade; pays it, or sometimes cancels it. */
  void buy() {
    String sku = skus.get(random.nextInt(skus.size()));
    Map<String, Object> basket =
        new TreeMap<>(
            Map.of(
                "lines",
                List.of(Map.of("skuId", sku, "quantity", 1 + random.nextInt(2))),
                "addressId",
                addressId));
    String trade = insist(key -> api.post("/shop/v1/trades", basket, key)).path("tradeId").asText();
    trades.add(trade);
    if (random.nextInt(10) < CANCELLED_OF_TEN) {
      insist(key -> api.post("/shop/v1/trades/" + trade + "/cancel", Map.of(), key));
      return;
    }
    JsonNode intent =
        insist(
            key ->
                api.post(
                    "/shop/v1/trades/" + trade + "/payments",
                    Map.of("provider", "WECHAT_PAY"),
                    key));
    Map<String, Object> parameters = new TreeMap<>();
    intent
        .path("clientParameters")
        .fields()
        .forEachRemaining(e -> parameters.put(e.getKey(), e.getValue().asText()));
    sandbox.post("/sandbox/wechat-pay/pay", parameters).ok();
  }

  /** The trades whose placing was answered with success. */
  List<String> trades() {
    return trades;
  }

  /** The state of a trade, or LOST when the platform does not know it. */
  String state(String trade) {
    Api.Answer answer = ask(() -> api.get("/shop/v1/trades/" + trade));
    return answer.status() == 404 ? "LOST" : answer.ok().path("state").asText();
  }

  /** How many orders the platform holds for this shopper. */
  int orders() {
    int count = 0;
    String token = "";
    do {
      String path = "/shop/v1/orders?pageSize=100" + (token.isEmpty() ? "" : "&pageToken=" + token);
      JsonNode page = ask(() -> api.get(path)).ok();
      count += page.path("items").size();
      token = page.path("nextPageToken").asText("");
    } while (!token.isEmpty());
    return count;
  }

  private void signIn() {
    JsonNode touch =
        insist(key -> anonymous.post("/shop/v1/touches", Map.of("shareCode", shareCode), key));
    JsonNode session =
        insist(
            key ->
                anonymous.post(
                    "/shop/v1/sessions",
                    Map.of(
                        "provider",
                        "WECHAT_MINI",
                        "code",
                        code(),
                        "touchId",
                        touch.path("touchId").asText(),
                        "anonymousId",
                        touch.path("anonymousId").asText()),
                    UUID.randomUUID().toString()));
    api = anonymous.as(session.path("accessToken").asText());
  }

  private String code() {
    return sandbox
        .post("/sandbox/wechat/codes", Map.of("persona", persona))
        .ok()
        .path("code")
        .asText();
  }

  private interface Request {
    Api.Answer send(String idempotencyKey);
  }

  private JsonNode insist(Request request) {
    String key = UUID.randomUUID().toString();
    return ask(() -> request.send(key)).ok();
  }

  /** Asks until there is an answer that is not an outage. */
  private Api.Answer ask(Supplier<Api.Answer> question) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      Api.Answer answer = tryOnce(question);
      if (answer != null && answer.status() == UNAUTHORIZED && api != null) {
        signIn();
      } else if (answer != null && waitsForPayments(answer)) {
        askForPayments();
      } else if (answer != null && answer.status() < SERVER_ERROR && answer.status() != TOO_MANY) {
        return answer;
      }
      if (System.nanoTime() > end) {
        throw new StoryFailure(
            "no answer within 4 minutes; the last one was " + (answer == null ? "none" : answer));
      }
      pause();
    }
  }

  /** Payments that are on their way through outages still count as unpaid. */
  private static boolean waitsForPayments(Api.Answer answer) {
    return answer.status() == CONFLICT
        && "TOO_MANY_UNPAID_TRADES".equals(answer.json().path("reason").asText());
  }

  /** As the client does when it comes back from the cashier: the last trades are asked after. */
  private void askForPayments() {
    for (String trade : trades.subList(Math.max(0, trades.size() - UNPAID_TRADES), trades.size())) {
      tryOnce(() -> api.post("/shop/v1/trades/" + trade + "/payments/sync", Map.of()));
    }
  }

  private static Api.Answer tryOnce(Supplier<Api.Answer> question) {
    try {
      return question.get();
    } catch (StoryFailure noAnswer) {
      return null;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoryFailure("interrupted", e);
    }
  }
}
