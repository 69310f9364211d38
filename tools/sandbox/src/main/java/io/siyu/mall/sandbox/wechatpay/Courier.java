package io.siyu.mall.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol.Seal;
import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.wechatpay.Notification.Attempt;
import io.siyu.mall.sandbox.wechatpay.Notification.Variety;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Encrypts, signs and sends one notification once. */
final class Courier {
  /** A receiver that takes longer has not received. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How the signature of a probe begins; the rest looks like one. */
  private static final String SIGNTEST = "WECHATPAY/SIGNTEST/";

  private static final int ANSWER_KEPT = 500;

  private final Credentials credentials;
  private final PayProtocol protocol;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Courier(Credentials credentials, PayProtocol protocol, Clock clock) {
    this.credentials = credentials;
    this.protocol = protocol;
    this.clock = clock;
  }

  /**
   * Sends it in the given variety; never completes exceptionally.
   *
   * @param amountFen what a {@code WRONG_AMOUNT} claims, or null
   */
  CompletableFuture<Attempt> send(Notification notification, Variety variety, Long amountFen) {
    String body = body(notification, variety, amountFen);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(notification.url()))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("Accept", "*/*")
            .header("User-Agent", "Mozilla/4.0")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers(body, variety).forEach(request::header);
    Instant began = clock.instant();
    long from = System.nanoTime();
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
        .handle(
            (response, failure) -> {
              long millis = (System.nanoTime() - from) / 1_000_000;
              if (failure != null) {
                Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                return new Attempt(variety, began, null, null, cause.toString(), millis);
              }
              String answer = response.body();
              return new Attempt(
                  variety,
                  began,
                  response.statusCode(),
                  answer.substring(0, Math.min(answer.length(), ANSWER_KEPT)),
                  null,
                  millis);
            });
  }

  private Map<String, String> headers(String body, Variety variety) {
    Seal seal =
        switch (variety) {
          case FORGED -> Seal.FORGED;
          case STALE -> Seal.STALE;
          default -> Seal.GENUINE;
        };
    Map<String, String> headers = protocol.headers(body, seal);
    if (variety == Variety.SIGNTEST) {
      headers.computeIfPresent(
          "Wechatpay-Signature",
          (name, signature) -> SIGNTEST + signature.substring(SIGNTEST.length()));
    }
    return headers;
  }

  private String body(Notification notification, Variety variety, Long amountFen) {
    boolean wrong = variety == Variety.WRONG_AMOUNT;
    JsonNode resource =
        wrong ? notification.resourceWithAmount(amountFen) : notification.resource();
    String nonce = Numbers.nonce(12);
    String type = notification.originalType();
    return Json.text(
        Json.object(
            "id", wrong ? UUID.randomUUID().toString() : notification.id(),
            "create_time", Numbers.time(notification.created()),
            "resource_type", "encrypt-resource",
            "event_type", notification.eventType(),
            "summary", notification.summary(),
            "resource",
                Json.object(
                    "original_type", type,
                    "algorithm", "AEAD_AES_256_GCM",
                    "ciphertext",
                        Ciphers.resource(credentials.apiV3Key(), nonce, type, Json.text(resource)),
                    "associated_data", type,
                    "nonce", nonce)));
  }
}
