package io.siyu.mall.sandbox;

import io.siyu.mall.sandbox.control.ControlApi;
import io.siyu.mall.sandbox.control.Misbehaviours;
import io.siyu.mall.sandbox.platform.Platform;
import io.siyu.mall.sandbox.platform.World;
import io.siyu.mall.sandbox.state.Store;
import io.siyu.mall.sandbox.taobao.Taobao;
import io.siyu.mall.sandbox.wechat.WeChat;
import io.siyu.mall.sandbox.wechatpay.WeChatPay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The outside world on one port. A plain program on Vert.x and Jackson, so that it runs by itself
 * as well as inside the tests of any service.
 */
public final class Sandbox implements AutoCloseable {
  private final SandboxConfig config;
  private final Store store;
  private final HttpFront front;
  private final ScheduledExecutorService timer;

  private Sandbox(SandboxConfig config) throws IOException {
    this.config = config;
    store = Store.open(config.state());
    timer =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "sandbox-timer");
              thread.setDaemon(true);
              return thread;
            });
    Misbehaviours misbehaviours = new Misbehaviours();
    World world =
        new World(
            config.credentials(),
            config.clock(),
            config.timeScale(),
            config.settlement(),
            store,
            misbehaviours,
            timer);
    front = new HttpFront(world);
    WeChat weChat = new WeChat(world);
    WeChatPay weChatPay = new WeChatPay(world, weChat.personas());
    List<Platform> platforms = List.of(weChat, weChatPay, new Taobao(world));
    front.mount(new ControlApi(misbehaviours).routes());
    platforms.forEach(platform -> front.mount(platform.routes()));
    try {
      front.open(config.host(), config.port());
    } catch (IOException e) {
      close();
      throw e;
    }
    platforms.forEach(Platform::resume);
  }

  /**
   * Starts a sandbox; when this returns, it answers.
   *
   * @throws UncheckedIOException if the port is taken or the state cannot be read
   */
  public static Sandbox start(SandboxConfig config) {
    try {
      return new Sandbox(config);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox does not start: " + e.getMessage(), e);
    }
  }

  /** Its address, such as {@code http://127.0.0.1:8190}. */
  public String url() {
    return "http://" + config.host() + ":" + front.port();
  }

  /** A client of its control API. */
  public SandboxClient client() {
    return new SandboxClient(url());
  }

  /** Stops answering, and everything under way. What has a memory goes on at the next start. */
  @Override
  public void close() {
    front.close();
    timer.shutdownNow();
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
