package io.siyu.mall.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.wechat.pay.java.core.util.PemUtil;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.Worlds;
import io.siyu.mall.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the SDK cannot send: requests that are wrongly signed. */
class PayProtocolTest {
  private static final String PATH = "/v3/pay/transactions/out-trade-no/T123456/close";
  static Sandbox sandbox;
  static final HttpClient HTTP = HttpClient.newHttpClient();

  String mchid = Worlds.KEYS.merchantId();
  String serial = Worlds.KEYS.merchantSerial();
  String nonce = "593BEC0C930BF1AFEB40B4A08C8FB242";
  String timestamp = Long.toString(Instant.now().getEpochSecond());
  String body = Json.text(Json.object("mchid", Worlds.KEYS.merchantId()));
  String accept = "application/json";
  String contentType = "application/json";
  String publicKeyId = Worlds.KEYS.publicKeyId();
  String scheme = "WECHATPAY2-SHA256-RSA2048";
  PrivateKey key = PemUtil.loadPrivateKeyFromPath(Worlds.KEYS.merchantPrivateKey().toString());

  @BeforeAll
  static void open() {
    sandbox = Worlds.start();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void aRightRequestGetsThrough() {
    assertAnswer(404, "ORDER_NOT_EXIST");
  }

  @Test
  void refusesAForeignKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    key = generator.generateKeyPair().getPrivate();
    assertAnswer(401, "SIGN_ERROR");
  }

  @Test
  void refusesAChangedBody() {
    String message = message();
    body = body + " ";
    assertAnswer(message, 401, "SIGN_ERROR");
  }

  @ParameterizedTest
  @ValueSource(ints = {-301, 301, -86_400})
  void refusesAStaleTime(int seconds) {
    timestamp = Long.toString(Instant.now().getEpochSecond() + seconds);
    assertAnswer(401, "SIGN_ERROR");
  }

  @ParameterizedTest
  @ValueSource(ints = {-290, 290})
  void allowsFiveMinutes(int seconds) {
    timestamp = Long.toString(Instant.now().getEpochSecond() + seconds);
    assertAnswer(404, "ORDER_NOT_EXIST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "99999999999999"})
  void refusesWhatIsNoTime(String value) {
    timestamp = value;
    assertAnswer(401, "SIGN_ERROR");
  }

  @Test
  void refusesAnotherMerchantSerialOrScheme() {
    mchid = "1900000000";
    assertAnswer(401, "SIGN_ERROR");
    mchid = Worlds.KEYS.merchantId();
    serial = "0".repeat(40);
    assertAnswer(401, "SIGN_ERROR");
    serial = Worlds.KEYS.merchantSerial();
    nonce = "";
    assertAnswer(401, "SIGN_ERROR");
    nonce = "0".repeat(33);
    assertAnswer(401, "SIGN_ERROR");
    nonce = "0".repeat(32);
    scheme = "Bearer";
    assertAnswer(401, "SIGN_ERROR");
  }

  @Test
  void refusesWrongHeaders() {
    accept = "text/html";
    assertAnswer(406, "PARAM_ERROR");
    accept = "application/json";
    contentType = "text/plain";
    assertAnswer(415, "PARAM_ERROR");
    contentType = "application/json";
    publicKeyId = "PUB_KEY_ID_0000";
    assertAnswer(400, "PARAM_ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "nonsense", "{\"mchid\":1}", "{\"mchid\":\"1\"}{}"})
  void refusesABodyThatIsNoObject(String other) {
    body = other;
    assertAnswer(400, "PARAM_ERROR");
  }

  @Test
  void refusesAnotherMerchantInTheBody() {
    body = "{\"mchid\":\"1900000000\"}";
    assertAnswer(400, "MCH_NOT_EXISTS");
  }

  @Test
  void encryptsLikeTheVendor() {
    // The vector that the vendor publishes with its cipher.
    assertThat(
            Ciphers.resource(
                "a7cde1ZJB1kG2e7VfTs3jQzaWizur8Gb", "uluk4a9R25RW", "associatedData", "message"))
        .isEqualTo("ulwSiIajGClcvcOYvOQ7+l+0PAbzzwI=");
  }

  private String message() {
    return String.join("\n", "POST", PATH, timestamp, nonce, body, "");
  }

  private void assertAnswer(int status, String code) {
    assertAnswer(message(), status, code);
  }

  private void assertAnswer(String message, int status, String code) {
    String authorization =
        String.format(
            "%s mchid=\"%s\",nonce_str=\"%s\",signature=\"%s\",timestamp=\"%s\",serial_no=\"%s\"",
            scheme, mchid, nonce, Signatures.sign(key, message), timestamp, serial);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + PATH))
            .header("Authorization", authorization)
            .header("Accept", accept)
            .header("Content-Type", contentType)
            .header("Wechatpay-Serial", publicKeyId)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode error = Json.MAPPER.readTree(answer.body());
      assertThat(error.get("code").textValue()).as(answer.body()).isEqualTo(code);
      assertThat(error.get("message").textValue()).isNotEmpty();
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Wechatpay-Signature")).isPresent();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
