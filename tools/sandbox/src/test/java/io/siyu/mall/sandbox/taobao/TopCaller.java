package io.siyu.mall.sandbox.taobao;

import com.fasterxml.jackson.databind.JsonNode;
import io.siyu.mall.sandbox.http.Json;
import io.siyu.mall.sandbox.platform.TaobaoAccount;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A caller of TOP as its documents describe one, written apart from what it judges. */
final class TopCaller {
  private final String url;
  private final TaobaoAccount account;
  final Map<String, String> overrides = new TreeMap<>();
  String signMethod = "md5";
  Instant now = Instant.now();

  TopCaller(String url, TaobaoAccount account) {
    this.url = url;
    this.account = account;
  }

  JsonNode call(String method, Map<String, String> business) {
    TreeMap<String, String> all = new TreeMap<>(business);
    all.put("method", method);
    all.put("app_key", account.appKey());
    all.put("timestamp", TopCall.text(now));
    all.put("format", "json");
    all.put("v", "2.0");
    all.put("sign_method", signMethod);
    all.put("session", account.session());
    all.put("sign", sign(all, account.appSecret()));
    all.putAll(overrides);
    String body =
        all.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/router/rest"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return Json.MAPPER.readTree(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String sign(TreeMap<String, String> parameters, String secret) {
    StringBuilder text = new StringBuilder();
    parameters.forEach((name, value) -> text.append(name).append(value));
    try {
      if (signMethod.equals("hmac")) {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
        return HexFormat.of()
            .withUpperCase()
            .formatHex(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
      }
      return HexFormat.of()
          .withUpperCase()
          .formatHex(
              MessageDigest.getInstance("MD5")
                  .digest((secret + text + secret).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
