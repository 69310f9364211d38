package io.siyu.mall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxTest {
  static Sandbox sandbox;

  @BeforeAll
  static void open() {
    sandbox = Worlds.start();
  }

  @AfterAll
  static void close() {
    sandbox.close();
  }

  @Test
  void saysThatItIsReady() throws Exception {
    assertThat(get("/q/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/q/health/ready").body()).contains("UP");
  }

  @Test
  void refusesPathsThatAreNone() throws Exception {
    assertThat(get("/v3/unknown").statusCode()).isEqualTo(404);
    try (Socket socket = new Socket("127.0.0.1", URI.create(sandbox.url()).getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /sns/jscode2session?a=%zz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.0 400");
    }
  }

  @Test
  void aPersonaIsTheSameInEverySandboxOfTheSameApp() {
    SandboxClient control = sandbox.client();
    JsonNode first = control.persona("小雨", "13800138000", "李雨");
    assertThat(control.persona("小雨", null, null)).isEqualTo(first);
    assertThat(control.openid("小云")).isNotEqualTo(first.get("openid").textValue());
    try (Sandbox other = Worlds.start()) {
      JsonNode there = other.client().persona("小雨", null, null);
      assertThat(there.get("openid")).isEqualTo(first.get("openid"));
      assertThat(there.get("unionid")).isEqualTo(first.get("unionid"));
      assertThat(there.get("phone").textValue()).matches("199\\d{8}");
    }
    assertThatThrownBy(() -> control.persona(" ", null, null)).hasMessageContaining("name");
    assertThatThrownBy(() -> control.persona("小雨", "110", null)).hasMessageContaining("110");
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(sandbox.url() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
