package io.siyu.mall.sandbox;

import io.siyu.mall.sandbox.platform.Credentials;
import io.siyu.mall.sandbox.platform.TaobaoAccount;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * How a sandbox is run.
 *
 * @param port 0 for any free one
 * @param state where it remembers, or null to forget everything at its end
 * @param timeScale what the platforms' waiting times are multiplied with: 1 as in reality, 0.01 a
 *     hundred times faster (notification retries, distance of partial refunds)
 * @param settlement how long a refund or a confirmed transfer takes to be carried out; not scaled
 * @param clock the platforms' time
 */
public record SandboxConfig(
    String host,
    int port,
    Credentials credentials,
    Path state,
    double timeScale,
    Duration settlement,
    Clock clock) {

  /** For tests: any free port, nothing kept, a hundred times faster than reality. */
  public static SandboxConfig forTests(SandboxKeys keys) {
    return new SandboxConfig(
        "127.0.0.1", 0, keys.credentials(), null, 0.01, Duration.ofMillis(50), Clock.systemUTC());
  }

  /** The same at another speed. */
  public SandboxConfig withTimeScale(double factor) {
    return new SandboxConfig(host, port, credentials, state, factor, settlement, clock);
  }

  /** The same with a memory. */
  public SandboxConfig withState(Path directory) {
    return new SandboxConfig(host, port, credentials, directory, timeScale, settlement, clock);
  }

  /** The same on another port. */
  public SandboxConfig withPort(int other) {
    return new SandboxConfig(host, other, credentials, state, timeScale, settlement, clock);
  }

  /** The same with another time. */
  public SandboxConfig withClock(Clock other) {
    return new SandboxConfig(host, port, credentials, state, timeScale, settlement, other);
  }

  /**
   * Reads the configuration; see the README for the keys.
   *
   * @param lookup a property's value by name, or null
   * @throws IllegalArgumentException naming the key that is missing or wrong
   */
  public static SandboxConfig from(UnaryOperator<String> lookup) {
    String keys = lookup.apply("mall.sandbox.keys");
    Credentials credentials =
        keys == null ? credentials(lookup) : SandboxKeys.in(Path.of(keys)).credentials();
    String state = lookup.apply("mall.sandbox.state");
    return new SandboxConfig(
        or(lookup, "mall.sandbox.host", "127.0.0.1"),
        number(lookup, "mall.sandbox.port", 8190).intValue(),
        credentials,
        state == null ? null : Path.of(state),
        number(lookup, "mall.sandbox.time-scale", 1).doubleValue(),
        Duration.ofMillis(number(lookup, "mall.sandbox.settlement-millis", 500).longValue()),
        Clock.systemUTC());
  }

  private static Credentials credentials(UnaryOperator<String> lookup) {
    var platform = Pem.privateKey(need(lookup, "mall.sandbox.wechat-pay.platform-private-key"));
    String apiV3Key = need(lookup, "mall.sandbox.wechat-pay.api-v3-key");
    if (apiV3Key.length() != 32) {
      throw new IllegalArgumentException(
          "mall.sandbox.wechat-pay.api-v3-key must have 32 characters");
    }
    return new Credentials(
        need(lookup, "mall.sandbox.wechat.app-id"),
        need(lookup, "mall.sandbox.wechat.app-secret"),
        need(lookup, "mall.sandbox.wechat-pay.merchant-id"),
        need(lookup, "mall.sandbox.wechat-pay.merchant-serial"),
        Pem.publicKey(need(lookup, "mall.sandbox.wechat-pay.merchant-public-key")),
        platform,
        Pem.publicOf(platform),
        need(lookup, "mall.sandbox.wechat-pay.platform-public-key-id"),
        apiV3Key,
        new TaobaoAccount(
            or(lookup, "mall.sandbox.taobao.app-key", "12345678"),
            or(lookup, "mall.sandbox.taobao.app-secret", "sandbox-has-no-secret"),
            or(lookup, "mall.sandbox.taobao.session", "6100sandbox"),
            or(lookup, "mall.sandbox.taobao.pid", "mm_1_2_3")));
  }

  private static String need(UnaryOperator<String> lookup, String name) {
    String value = lookup.apply(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          name + " is not set (or set mall.sandbox.keys to a directory of keys)");
    }
    return value;
  }

  private static String or(UnaryOperator<String> lookup, String name, String otherwise) {
    String value = lookup.apply(name);
    return value == null || value.isBlank() ? otherwise : value;
  }

  private static Number number(UnaryOperator<String> lookup, String name, Number otherwise) {
    String value = or(lookup, name, otherwise.toString());
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is not a number: " + value);
    }
  }
}
