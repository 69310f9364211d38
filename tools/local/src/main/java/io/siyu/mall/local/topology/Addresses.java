package io.siyu.mall.local.topology;

import java.net.URI;

/**
 * Where the components of one platform listen: the ports of the table plus an offset.
 *
 * @param portOffset added to every port
 */
public record Addresses(int portOffset) {

  /** The main port of a component. */
  public int port(Component component) {
    return component.httpPort() + portOffset;
  }

  /** The gRPC port of a component that has one. */
  public int grpcPort(Component component) {
    return component.grpcPort() + portOffset;
  }

  /** What a person types to reach a component. */
  public String address(Component component) {
    return component.kind() == Component.Kind.DATABASE
        ? "127.0.0.1:" + port(component)
        : url(component);
  }

  /** Base address of a component that speaks HTTP. */
  public String url(Component component) {
    return "http://localhost:" + port(component);
  }

  /** The address that answers 200 when the component can serve; HTTP components only. */
  public URI ready(Component component) {
    String path =
        component.kind() == Component.Kind.IDENTITY
            ? "/realms/mall/.well-known/openid-configuration"
            : "/q/health/ready";
    return URI.create("http://127.0.0.1:" + port(component) + path);
  }
}
