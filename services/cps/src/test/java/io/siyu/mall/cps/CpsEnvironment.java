package io.siyu.mall.cps;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.siyu.mall.sandbox.Sandbox;
import io.siyu.mall.sandbox.SandboxClient;
import io.siyu.mall.sandbox.SandboxConfig;
import io.siyu.mall.sandbox.SandboxKeys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/** Taobao by the sandbox; nothing runs by itself. */
public final class CpsEnvironment implements QuarkusTestResourceLifecycleManager {

  private Sandbox sandbox;

  /** The control API of the sandbox, from inside a test. */
  public static SandboxClient taobao() {
    String url = ConfigProvider.getConfig().getValue("mall.taobao.api-url", String.class);
    return new SandboxClient(url.substring(0, url.indexOf("/router")));
  }

  @Override
  public Map<String, String> start() {
    SandboxKeys keys = SandboxKeys.in(Path.of("target", "sandbox-keys"));
    sandbox = Sandbox.start(SandboxConfig.forTests(keys));
    Map<String, String> config = new HashMap<>(keys.taobaoProperties(sandbox.url()));
    config.put("mall.taobao.calls-per-second", "2000");
    config.put("mall.taobao.deadline", "PT1S");
    config.put("mall.taobao.pause", "PT0.05S");
    config.put("mall.taobao.open", "PT0.2S");
    config.put("mall.taobao.first-sync", "PT7H");
    config.put("mall.cps.lease", "PT1S");
    config.put("mall.cps.statements-every", "off");
    config.put("mall.cps.sync-every", "off");
    config.put("mall.cps.payable-every", "off");
    return config;
  }

  @Override
  public void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
