package io.siyu.mall.sandbox.wechatpay;

import io.siyu.mall.sandbox.http.Answer;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.http.Protocol;
import io.siyu.mall.sandbox.http.Refusal;
import io.siyu.mall.sandbox.http.Request;
import io.siyu.mall.sandbox.platform.Credentials;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** WECHATPAY2-SHA256-RSA2048: who asks, and that the answer is from WeChat Pay. */
final class PayProtocol implements Protocol {
  static final String SCHEME = "WECHATPAY2-SHA256-RSA2048";
  private static final Pattern PAIR = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern NONCE = Pattern.compile("[0-9A-Za-z]{1,32}");
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final Duration STALE = Duration.ofMinutes(10);

  private final Credentials credentials;
  private final Clock clock;
  private PrivateKey stranger;

  PayProtocol(Credentials credentials, Clock clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  @Override
  public void admit(Request request) {
    Map<String, String> claims = claims(request.header("Authorization"));
    if (!credentials.merchantId().equals(claims.get("mchid"))) {
      throw PayErrors.signature("商户号不存在");
    }
    if (!credentials.merchantSerial().equals(claims.get("serial_no"))) {
      throw PayErrors.signature("商户证书序列号有误");
    }
    if (!NONCE.matcher(claims.getOrDefault("nonce_str", "")).matches()) {
      throw PayErrors.signature("nonce_str 有误");
    }
    checkTime(claims.getOrDefault("timestamp", ""));
    String message =
        String.join(
            "\n",
            request.method(),
            request.target(),
            claims.get("timestamp"),
            claims.get("nonce_str"),
            request.text(),
            "");
    if (!Signatures.verify(
        credentials.merchantPublicKey(), message, claims.getOrDefault("signature", ""))) {
      throw PayErrors.signature("sign not match");
    }
    checkHeaders(request);
  }

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  public Answer refusal(Refusal refusal) {
    return Answer.json(
        refusal.status(),
        Json.object(
            "code", refusal.code(), "message", refusal.getMessage(), "detail", refusal.detail()));
  }

  @Override
  public Answer seal(Answer answer, Seal seal) {
    return answer.with(headers(answer.text(), seal));
  }

  /** What an answer or a notification with this body carries. */
  Map<String, String> headers(String body, Seal seal) {
    Instant time = seal == Seal.STALE ? clock.instant().minus(STALE) : clock.instant();
    String timestamp = Long.toString(time.getEpochSecond());
    String nonce = Numbers.nonce(32);
    PrivateKey key = seal == Seal.FORGED ? stranger() : credentials.platformPrivateKey();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Wechatpay-Timestamp", timestamp);
    headers.put("Wechatpay-Nonce", nonce);
    headers.put(
        "Wechatpay-Signature", Signatures.sign(key, timestamp + "\n" + nonce + "\n" + body + "\n"));
    headers.put("Wechatpay-Signature-Type", SCHEME);
    headers.put("Wechatpay-Serial", credentials.publicKeyId());
    headers.put("Request-ID", UUID.randomUUID().toString());
    return headers;
  }

  private static Map<String, String> claims(String authorization) {
    if (authorization == null || !authorization.startsWith(SCHEME + " ")) {
      throw PayErrors.signature("Authorization 缺失或认证类型不正确");
    }
    Map<String, String> claims = new HashMap<>();
    Matcher matcher = PAIR.matcher(authorization);
    while (matcher.find()) {
      claims.put(matcher.group(1), matcher.group(2));
    }
    return claims;
  }

  private void checkTime(String timestamp) {
    if (!timestamp.matches("\\d{1,12}")) {
      throw PayErrors.signature("timestamp 有误");
    }
    Duration distance =
        Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), clock.instant()).abs();
    if (distance.compareTo(WINDOW) > 0) {
      throw PayErrors.signature("timestamp 已过期");
    }
  }

  private void checkHeaders(Request request) {
    String accept = request.header("Accept");
    if (accept == null || !(accept.contains("application/json") || accept.contains("*/*"))) {
      throw new Refusal(406, "PARAM_ERROR", "Accept 应为 application/json");
    }
    if (request.header("User-Agent") == null) {
      throw new Refusal(400, "PARAM_ERROR", "缺少 User-Agent");
    }
    String type = request.header("Content-Type");
    if (request.body().length > 0 && (type == null || !type.startsWith("application/json"))) {
      throw new Refusal(415, "PARAM_ERROR", "Content-Type 应为 application/json");
    }
    String serial = request.header("Wechatpay-Serial");
    if (serial != null && !serial.equals(credentials.publicKeyId())) {
      throw new Refusal(400, "PARAM_ERROR", "Wechatpay-Serial 不是有效的微信支付公钥ID");
    }
  }

  private synchronized PrivateKey stranger() {
    if (stranger == null) {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        stranger = generator.generateKeyPair().getPrivate();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    return stranger;
  }
}
