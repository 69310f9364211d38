package io.siyu.mall.gateway.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The outside of the gateway: the services, and the key sets of the two issuers. */
public final class Outside implements BeforeAllCallback, BeforeEachCallback {

  private static FakeServices services;
  private static HttpServer issuers;
  private static volatile boolean retired;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    int port = config().getValue("test.services.port", Integer.class);
    if (services == null || services.port() != port) {
      close();
      services = new FakeServices(port);
      services.start();
      issuers = issuers();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    services.reset();
    retired = false;
  }

  /** Takes a second key of both issuers back, until the next test begins. */
  public static void retireSecondKey() {
    retired = true;
  }

  /** The services. */
  public static FakeServices services() {
    return services;
  }

  private static void close() {
    if (services != null) {
      services.stop();
      issuers.stop(0);
    }
  }

  private static HttpServer issuers() throws Exception {
    URI address = URI.create(config().getValue("test.jwks", String.class));
    HttpServer server = HttpServer.create(new InetSocketAddress("localhost", address.getPort()), 0);
    serve(server, "staff");
    serve(server, "member");
    server.start();
    return server;
  }

  private static void serve(HttpServer server, String issuer) throws Exception {
    RsaJsonWebKey own = key(issuer, issuer + "-1");
    RsaJsonWebKey second = key("retired", issuer + "-2");
    server.createContext(
        "/" + issuer + "/jwks",
        exchange -> {
          JsonWebKeySet published =
              retired ? new JsonWebKeySet(own) : new JsonWebKeySet(own, second);
          byte[] document = published.toJson().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, document.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(document);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static RsaJsonWebKey key(String name, String id) throws Exception {
    byte[] key =
        Base64.getDecoder().decode(config().getValue("test." + name + ".public", String.class));
    RsaJsonWebKey jwk =
        new RsaJsonWebKey(
            (RSAPublicKey)
                KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key)));
    jwk.setKeyId(id);
    jwk.setAlgorithm("RS256");
    jwk.setUse("sig");
    return jwk;
  }

  private static Config config() {
    return ConfigProvider.getConfig();
  }
}
