package io.siyu.mall.gateway.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Chooses keys and ports for the outside of the gateway. Nothing listens there yet when the gateway
 * starts: the services and the issuers come up later ({@link Outside}), which is what a start in
 * any order looks like.
 */
public class Issuers implements QuarkusTestResourceLifecycleManager {

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>();
    String services = String.valueOf(freePort());
    for (String service : new String[] {"catalog", "order", "distributor", "membership", "cps"}) {
      config.put("mall.services." + service + ".port", services);
      config.put("quarkus.grpc.clients." + service + ".test-port", services);
    }
    String jwks = "http://localhost:" + freePort();
    config.put("test.services.port", services);
    config.put("test.jwks", jwks);
    config.put("mall.identity.staff.issuer", jwks + "/staff");
    config.put("mall.identity.staff.jwks", jwks + "/staff/jwks");
    config.put("mall.identity.member.issuer", "https://siyu-mall/members");
    config.put("mall.identity.member.jwks", jwks + "/member/jwks");
    config.put("mall.identity.keys-every", "PT1S");
    config.put("quarkus.oidc.staff.token.forced-jwk-refresh-interval", "0.5S");
    config.put("quarkus.oidc.member.token.forced-jwk-refresh-interval", "0.5S");
    config.put("quarkus.http.test-timeout", "30s");
    for (String limit : new String[] {"per-address", "per-caller", "sign-in", "callbacks"}) {
      config.put("mall.gateway.http.limits." + limit + ".burst", "1000000");
      config.put("mall.gateway.http.limits." + limit + ".refill", "1000000");
    }
    config.put("mall.gateway.http.streams.poll", "PT0.05S");
    config.put("mall.gateway.http.streams.heartbeat", "PT0.2S");
    config.put("mall.gateway.http.streams.longest", "PT5S");
    config.put("mall.gateway.http.cache.ttl", "PT0.3S");
    config.put("mall.gateway.upstream.read-deadline", "PT1S");
    config.put("mall.gateway.reconciliation.pause", "PT0.05S");
    keys("staff", config);
    keys("member", config);
    keys("retired", config);
    return config;
  }

  @Override
  public void stop() {}

  private static void keys(String issuer, Map<String, String> config) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      KeyPair pair = generator.generateKeyPair();
      config.put("test." + issuer + ".private", encode(pair.getPrivate().getEncoded()));
      config.put("test." + issuer + ".public", encode(pair.getPublic().getEncoded()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
