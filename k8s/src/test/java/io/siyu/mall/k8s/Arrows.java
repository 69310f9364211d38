package io.siyu.mall.k8s;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The arrows of docs/architecture.md, with ports. */
final class Arrows {

  /** Who asks or tells whom by gRPC. */
  static final Map<String, List<String>> CALLS =
      Map.of(
          "gateway", List.of("catalog", "order", "distributor", "membership", "cps"),
          "order", List.of("catalog", "distributor", "membership"),
          "distributor", List.of("catalog"),
          "membership", List.of("distributor", "order"),
          "cps", List.of("distributor"));

  /** Who speaks with WeChat, WeChat Pay or an affiliate platform. */
  private static final List<String> OUTSIDE = List.of("order", "distributor", "membership", "cps");

  private static final Map<String, Integer> GRPC =
      Map.of("catalog", 9101, "order", 9102, "distributor", 9103, "membership", 9104, "cps", 9105);

  /** Health and metrics. */
  private static final Map<String, Integer> MANAGEMENT =
      Map.of(
          "catalog",
          8111,
          "order",
          8112,
          "distributor",
          8113,
          "membership",
          8114,
          "cps",
          8115,
          "gateway",
          8110);

  private Arrows() {}

  static Set<String> of(String overlay) {
    Set<String> arrows = new TreeSet<>();
    CALLS.forEach(
        (from, all) -> all.forEach(to -> arrows.add(from + " -> " + to + ":" + GRPC.get(to))));
    boolean production = overlay.equals("production");
    String database = production ? "10.20.30.0/28:3306" : "database:3306";
    String identity = production ? "10.20.31.0/28:443" : "keycloak:8080";
    for (String component : Cluster.COMPONENTS) {
      arrows.add(component + " -> " + identity);
      if (!component.equals("membership")) {
        arrows.add(component + " -> membership:8104");
      }
      if (!overlay.equals("local")) {
        arrows.add("monitoring -> " + component + ":" + MANAGEMENT.get(component));
      }
    }
    for (String service : Cluster.SERVICES) {
      arrows.add(service + " -> " + database);
      arrows.add(service + "-migration -> " + database);
    }
    OUTSIDE.forEach(component -> arrows.add(component + " -> 0.0.0.0/0:443"));
    arrows.add("ingress-nginx -> gateway:8080");
    if (!production) {
      arrows.add("ingress-nginx -> keycloak:8080");
    }
    return arrows;
  }
}
