package io.siyu.mall.distributor;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.SandboxConfig;
import io.siyu.mall.sandbox.SandboxKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** WeChat Pay by the sandbox. */
public final class DistributorEnvironment implements QuarkusTestResourceLifecycleManager {

  private Sandbox sandbox;

  /** The control API of the sandbox, from inside a test. */
  public static SandboxClient weChatPay() {
    return new SandboxClient(
        ConfigProvider.getConfig().getValue("mall.wechat-pay.base-url", String.class));
  }

  @Override
  public Map<String, String> start() {
    SandboxKeys keys = SandboxKeys.in(Path.of("target", "sandbox-keys"));
    sandbox = Sandbox.start(SandboxConfig.forTests(keys));
    Map<String, String> config = new HashMap<>(keys.serviceProperties(sandbox.url()));
    config.put("mall.wechat-pay.deadline", "PT2S");
    // Where notifications go; a test that wants them listens there.
    config.put("mall.public.base-url", "http://127.0.0.1:" + freePort());
    return config;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
