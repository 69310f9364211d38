package io.siyu.mall.e2e;

import java.net.URI;

/**
 * Where the platform is.
 *
 * @param gateway the gateway
 * @param sandbox the outside world of a development machine
 * @param keycloak where staff sign in
 */
public record Addresses(URI gateway, URI sandbox, URI keycloak) {

  /**
   * From the system properties {@code mall.gateway.url}, {@code mall.sandbox.url}, {@code
   * mall.keycloak.url}; the defaults of one machine otherwise.
   */
  public static Addresses fromSystemProperties() {
    return new Addresses(
        uri("mall.gateway.url", "http://localhost:8080"),
        uri("mall.sandbox.url", "http://localhost:8190"),
        uri("mall.keycloak.url", "http://localhost:8180"));
  }

  private static URI uri(String property, String otherwise) {
    return URI.create(System.getProperty(property, otherwise));
  }
}
