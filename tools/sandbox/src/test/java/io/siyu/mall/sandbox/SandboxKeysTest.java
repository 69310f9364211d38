package io.siyu.mall.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siyu.mall.sandbox.platform.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxKeysTest {
  @TempDir Path directory;

  @Test
  void areMadeOnceAlsoByManyAtOnce() {
    Set<String> seen =
        IntStream.range(0, 4)
            .parallel()
            .mapToObj(i -> SandboxKeys.in(directory).merchantSerial())
            .collect(Collectors.toSet());
    assertThat(seen).hasSize(1);
    assertThat(SandboxKeys.in(directory).credentials())
        .isEqualTo(SandboxKeys.in(directory).credentials());
  }

  @Test
  void lookLikeTheRealOnes() {
    SandboxKeys keys = SandboxKeys.in(directory);
    assertThat(keys.merchantId()).matches("19\\d{8}");
    assertThat(keys.merchantSerial()).matches("[0-9A-F]{40}");
    assertThat(keys.publicKeyId()).matches("PUB_KEY_ID_\\d{28}");
    assertThat(keys.apiV3Key()).matches("[0-9a-z]{32}");
    assertThat(keys.appId()).matches("wx[0-9a-f]{16}");
    assertThat(keys.appSecret()).matches("[0-9a-f]{32}");
  }

  @Test
  void secretsAreTheOwnersAlone() throws IOException {
    SandboxKeys keys = SandboxKeys.in(directory);
    for (Path secret :
        Set.of(
            keys.merchantPrivateKey(),
            keys.platformPrivateKey(),
            directory.resolve("ids.properties"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
          .isEqualTo("rw-------");
    }
    assertThat(keys.credentials().toString()).doesNotContain(keys.appSecret(), keys.apiV3Key());
  }

  @Test
  void anUnfinishedSetIsMadeAnew() throws IOException {
    SandboxKeys.in(directory);
    Files.delete(directory.resolve("ids.properties"));
    Files.writeString(directory.resolve("merchant-private.pem"), "torn");
    assertThat(SandboxKeys.in(directory).credentials()).isNotNull();
  }

  @Test
  void theSandboxTakesThemOneByOneAsWell() {
    SandboxKeys keys = SandboxKeys.in(directory);
    Map<String, String> properties = new HashMap<>(keys.sandboxProperties());
    properties.put("mall.sandbox.port", "0");
    properties.put("mall.sandbox.time-scale", "0.5");
    SandboxConfig config = SandboxConfig.from(properties::get);
    Credentials expected = keys.credentials();
    assertThat(config.credentials()).isEqualTo(expected);
    assertThat(config.port()).isZero();
    assertThat(config.timeScale()).isEqualTo(0.5);
    assertThat(config.state()).isNull();

    properties.remove("mall.sandbox.wechat-pay.merchant-serial");
    assertThatThrownBy(() -> SandboxConfig.from(properties::get))
        .hasMessageContaining("mall.sandbox.wechat-pay.merchant-serial");
    properties.put("mall.sandbox.wechat-pay.platform-private-key", "/nowhere.pem");
    assertThatThrownBy(() -> SandboxConfig.from(properties::get))
        .hasMessageContaining("/nowhere.pem");
  }

  @Test
  void servicesAreConfiguredForIt() {
    Map<String, String> properties =
        SandboxKeys.in(directory).serviceProperties("http://localhost:8190");
    assertThat(properties)
        .hasSize(10)
        .containsEntry("mall.wechat.api-url", "http://localhost:8190")
        .containsEntry("mall.wechat-pay.base-url", "http://localhost:8190")
        .doesNotContainValue(null);
    assertThat(Path.of(properties.get("mall.wechat-pay.merchant-private-key"))).isRegularFile();
    assertThat(Path.of(properties.get("mall.wechat-pay.public-key"))).isRegularFile();
  }
}
