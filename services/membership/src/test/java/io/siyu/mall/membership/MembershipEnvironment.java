package io.siyu.mall.membership;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.SandboxConfig;
import io.siyu.mall.sandbox.SandboxKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * WeChat by the sandbox, a free port for {@link Neighbours}, and two signing keys of which the
 * second one signs. The service believes these keys and those of {@link TestTokens}.
 */
public final class MembershipEnvironment implements QuarkusTestResourceLifecycleManager {

  /** The key that signs. */
  public static final String ACTIVE_KEY = "m2";

  /** The key before. */
  public static final String OLD_KEY = "m1";

  private Sandbox sandbox;

  /** The control API of the sandbox, from inside a test. */
  public static SandboxClient weChat() {
    return new SandboxClient(
        ConfigProvider.getConfig().getValue("mall.wechat.api-url", String.class));
  }

  @Override
  public int order() {
    return 100;
  }

  @Override
  public Map<String, String> start() {
    try {
      SandboxKeys keys = SandboxKeys.in(Path.of("target", "sandbox-keys"));
      sandbox = Sandbox.start(SandboxConfig.forTests(keys));
      Path directory = Files.createTempDirectory(Path.of("target"), "signing-keys");
      List<JsonWebKey> believed =
          new ArrayList<>(new JsonWebKeySet(TestTokens.jwks()).getJsonWebKeys());
      Map<String, String> config = new HashMap<>();
      List<String> signing = new ArrayList<>();
      for (String keyId : List.of(OLD_KEY, ACTIVE_KEY)) {
        signing.add(keyId + ":" + write(directory, keyId, believed));
      }
      config.put("mall.membership.signing-keys", String.join(",", signing));
      config.put("mall.membership.active-signing-key", ACTIVE_KEY);
      config.put(
          "mall.identity.member.jwks",
          new JsonWebKeySet(believed).toJson(OutputControlLevel.PUBLIC_ONLY));
      config.put("mall.wechat.api-url", sandbox.url());
      config.put("mall.wechat.app-id", keys.appId());
      config.put("mall.wechat.app-secret", keys.appSecret());
      config.put("mall.wechat.deadline", "PT2S");
      config.put("mall.membership.level-review-every", "off");
      config.put("mall.membership.session-expiry-every", "off");
      String neighbours = Integer.toString(freePort());
      for (String service : List.of("order", "distributor")) {
        config.put("mall.services." + service + ".port", neighbours);
        // In tests Quarkus sends its clients to the application itself unless told otherwise.
        config.put("quarkus.grpc.clients." + service + ".test-port", neighbours);
      }
      config.put("mall.grpc.deadline", "PT3S");
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JoseException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(Path directory, String keyId, List<JsonWebKey> believed)
      throws IOException, NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    RsaJsonWebKey key = new RsaJsonWebKey((java.security.interfaces.RSAPublicKey) pair.getPublic());
    key.setKeyId(keyId);
    believed.add(key);
    String base64 =
        Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(pair.getPrivate().getEncoded());
    Path file = directory.resolve(keyId + ".pem");
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    return file.toAbsolutePath();
  }
}
