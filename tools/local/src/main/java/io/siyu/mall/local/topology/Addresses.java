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

  /** The port where a component tells of its health. */
  public int managementPort(Component component) {
    return component.managementPort() == 0
        ? port(component)
        : component.managementPort() + portOffset;
  }

  /** Base address of what a component tells its operators. */
  public String managementUrl(Component component) {
    return "http://localhost:" + managementPort(component);
  }

  /** What a person types to reach a component; of a service, which has no pages, its health. */
  public String address(Component component) {
    return switch (component.kind()) {
      case DATABASE -> "127.0.0.1:" + port(component);
      case SERVICE -> managementUrl(component);
      default -> url(component);
    };
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
    return URI.create("http://127.0.0.1:" + managementPort(component) + path);
  }
}
