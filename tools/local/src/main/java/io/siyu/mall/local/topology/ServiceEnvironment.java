package io.siyu.mall.local.topology;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.Secrets;
import io.siyu.mall.local.topology.Component.Grant;
import io.siyu.mall.local.topology.Component.Kind;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The configuration that the runner gives to each service and to the gateway, as environment
 * variables; each gets only the secrets that it needs.
 */
public final class ServiceEnvironment {

  private final Layout layout;
  private final Topology whole;
  private final Addresses addresses;
  private final Secrets secrets;

  /**
   * @param whole the whole platform, also when only a part of it is started
   */
  public ServiceEnvironment(Layout layout, Topology whole, Addresses addresses, Secrets secrets) {
    this.layout = layout;
    this.whole = whole;
    this.addresses = addresses;
    this.secrets = secrets;
  }

  /** Name of the secret that holds a service's database password. */
  public static String databasePassword(String service) {
    return "mall.db." + service + ".password";
  }

  /** Name of the secret that holds a service's client secret at Keycloak. */
  public static String clientSecret(String client) {
    return "mall.client." + client + ".secret";
  }

  /** The variables of one component. */
  public Map<String, String> of(Component component) {
    Map<String, String> properties = new LinkedHashMap<>();
    common(component, properties);
    if (component.kind() == Kind.SERVICE) {
      database(component, properties);
    }
    if (component.grants().contains(Grant.PERSONAL)) {
      personal(properties);
    }
    if (component.grants().contains(Grant.WECHAT)) {
      weChat(properties);
    }
    if (component.grants().contains(Grant.WECHAT_PAY)) {
      weChatPay(properties);
    }
    if (component.grants().contains(Grant.SIGNING)) {
      properties.put("mall.membership.signing-keys", "k1:" + signingKey("k1"));
      properties.put("mall.membership.active-signing-key", "k1");
    }
    if (component.grants().contains(Grant.VISITORS)) {
      properties.put("mall.visitors.keys", secrets.key("mall.visitors.key"));
    }
    if (component.grants().contains(Grant.TAOBAO)) {
      taobao(properties);
    }
    return variables(properties);
  }

  private Path signingKey(String id) {
    Path file = layout.keys().resolve("member-signing-" + id + ".pem");
    if (!Files.exists(file)) {
      SigningKey.create(file);
    }
    return file;
  }

  private void common(Component component, Map<String, String> properties) {
    properties.put("quarkus.profile", "local");
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", "" + addresses.port(component));
    properties.put("quarkus.management.host", "127.0.0.1");
    properties.put("quarkus.management.port", "" + addresses.managementPort(component));
    if (component.grpcPort() != 0) {
      properties.put("quarkus.grpc.server.host", "127.0.0.1");
      properties.put("quarkus.grpc.server.port", "" + addresses.grpcPort(component));
    }
    for (Component service : whole.services()) {
      properties.put("mall.services." + service.name() + ".host", "127.0.0.1");
      properties.put("mall.services." + service.name() + ".port", "" + addresses.grpcPort(service));
    }
    properties.put("mall.keycloak.url", addresses.url(component(Topology.IDENTITY)));
    properties.put("mall.identity.member.jwks", addresses.url(component("membership")) + "/jwks");
    properties.put("mall.public.base-url", addresses.url(component(Topology.GATEWAY)));
    properties.put("mall.clock.file", layout.clock().toString());
    // Seven programs that have just started share two cores: their first answers take longer.
    properties.put("mall.grpc.deadline", "PT15S");
    if (component.kind() == Kind.GATEWAY) {
      properties.put("mall.gateway.upstream.read-deadline", "PT10S");
      properties.put("mall.gateway.upstream.write-deadline", "PT20S");
      // The API pages are at the management port and try the API from there.
      properties.put("mall.gateway.cors.enabled", "true");
      properties.put("mall.gateway.cors.origins", addresses.managementUrl(component));
    }
    properties.put("mall.service.client-id", component.name());
    properties.put("mall.service.client-secret", secrets.password(clientSecret(component.name())));
  }

  private void database(Component component, Map<String, String> properties) {
    properties.put("mall.db.host", "127.0.0.1");
    properties.put("mall.db.port", "" + addresses.port(component(Topology.DATABASE)));
    properties.put("mall.db.schema", "mall_" + component.name());
    properties.put("mall.db.user", "mall_" + component.name());
    properties.put("mall.db.password", secrets.password(databasePassword(component.name())));
  }

  private void personal(Map<String, String> properties) {
    properties.put("mall.personal.keys", "k1:" + secrets.key("mall.personal.key.k1"));
    properties.put("mall.personal.active-key", "k1");
    properties.put("mall.personal.hash-key", secrets.key("mall.personal.hash-key"));
  }

  private void weChat(Map<String, String> properties) {
    Properties ids = sandboxWrote("ids.properties");
    properties.put("mall.wechat.api-url", addresses.url(component(Topology.SANDBOX)));
    properties.put("mall.wechat.app-id", ids.getProperty("app-id"));
    properties.put("mall.wechat.app-secret", ids.getProperty("app-secret"));
  }

  private void weChatPay(Map<String, String> properties) {
    Properties ids = sandboxWrote("ids.properties");
    Path keys = layout.keys();
    properties.put("mall.wechat-pay.base-url", addresses.url(component(Topology.SANDBOX)));
    properties.put("mall.wechat-pay.merchant-id", ids.getProperty("merchant-id"));
    properties.put("mall.wechat-pay.merchant-serial", ids.getProperty("merchant-serial"));
    properties.put(
        "mall.wechat-pay.merchant-private-key", keys.resolve("merchant-private.pem").toString());
    properties.put("mall.wechat-pay.public-key-id", ids.getProperty("public-key-id"));
    properties.put("mall.wechat-pay.public-key", keys.resolve("platform-public.pem").toString());
    properties.put("mall.wechat-pay.api-v3-key", ids.getProperty("api-v3-key"));
  }

  private void taobao(Map<String, String> properties) {
    Properties account = sandboxWrote("taobao.properties");
    properties.put(
        "mall.taobao.api-url", addresses.url(component(Topology.SANDBOX)) + "/router/rest");
    properties.put("mall.taobao.app-key", account.getProperty("app-key"));
    properties.put("mall.taobao.app-secret", account.getProperty("app-secret"));
    properties.put("mall.taobao.session", account.getProperty("session"));
    properties.put("mall.taobao.pid", account.getProperty("pid"));
    // Nobody waits a minute for an order on a development machine.
    properties.put("mall.cps.sync-every", "5s");
  }

  /** What the sandbox wrote beside its keys when it first started. */
  private Properties sandboxWrote(String file) {
    Properties ids = new Properties();
    try (Reader reader = Files.newBufferedReader(layout.keys().resolve(file))) {
      ids.load(reader);
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox has left no keys in " + layout.keys(), e);
    }
  }

  private Component component(String name) {
    return whole.find(name).orElseThrow();
  }

  private static Map<String, String> variables(Map<String, String> properties) {
    Map<String, String> variables = new LinkedHashMap<>();
    properties.forEach(
        (name, value) ->
            variables.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
    return variables;
  }
}
