package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the Deployments of the six components must have. */
final class ServerRules {

  private ServerRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule("all components are here", ServerRules::complete),
        new Rule("probes ask HTTP and gRPC", ServerRules::probes),
        new Rule("health and metrics are at a port of their own", ServerRules::management),
        new Rule("the token issuer is administered from within", ServerRules::administration),
        new Rule("replicas follow the load", ServerRules::autoscaling),
        new Rule("disruptions take one replica at a time", ServerRules::disruption),
        new Rule("replicas are spread over nodes and zones", ServerRules::spread),
        new Rule("what is under way is finished", ServerRules::draining),
        new Rule("services lead to pods", ServerRules::services),
        new Rule("metrics are collected from every server", ServerRules::metrics),
        new Rule("the database has room for everybody", ServerRules::connections));
  }

  private static final Pattern MOST_CONNECTIONS = Pattern.compile("(?m)^max_connections = (\\d+)$");

  /** The platform's default, and what JDBC opens besides. */
  private static final String POOL_SIZE = "16";

  private static final int FLYWAYS = 2;

  private static List<String> complete(Cluster cluster) {
    return Cluster.COMPONENTS.stream()
        .filter(name -> cluster.find(Deployment.class, name) == null)
        .map(name -> "there is no " + name)
        .toList();
  }

  private static Container app(Deployment server) {
    return server.getSpec().getTemplate().getSpec().getContainers().get(0);
  }

  private static List<String> probes(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      Container app = app(server);
      Map<String, Integer> ports =
          app.getPorts().stream()
              .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));
      http(name + " startup", app.getStartupProbe(), "/q/health/started", ports, wrong);
      http(name + " readiness", app.getReadinessProbe(), "/q/health/ready", ports, wrong);
      Probe live = app.getLivenessProbe();
      if (name.equals("gateway")) {
        http(name + " liveness", live, "/q/health/live", ports, wrong);
      } else if (live == null
          || live.getGrpc() == null
          || !Objects.equals(live.getGrpc().getPort(), ports.get("grpc"))) {
        wrong.add(name + " liveness does not ask by gRPC");
      }
    }
    return wrong;
  }

  /** So that no path of an ingress, however it is written, leads to them. */
  private static List<String> management(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      for (Probe probe : List.of(app(server).getStartupProbe(), app(server).getReadinessProbe())) {
        String port = probe.getHttpGet().getPort().getStrVal();
        if (!"management".equals(port)) {
          wrong.add(name + " shows what is for operators at " + port);
        }
      }
    }
    paths(cluster)
        .forEach(
            path -> {
              if (!"http".equals(path.getBackend().getService().getPort().getName())) {
                wrong.add(
                    path.getBackend().getService().getName()
                        + " leads callers to "
                        + path.getBackend().getService().getPort().getName());
              }
            });
    return wrong;
  }

  /** Staff sign in from outside; console, administration API and other realms stay inside. */
  private static List<String> administration(Cluster cluster) {
    if (cluster.overlay().equals("local")) {
      return List.of();
    }
    List<String> wrong = new ArrayList<>();
    paths(cluster)
        .filter(path -> path.getBackend().getService().getName().equals("keycloak"))
        .filter(path -> !List.of("/realms/mall", "/resources").contains(path.getPath()))
        .forEach(path -> wrong.add("keycloak leads everybody to " + path.getPath()));
    cluster.all(ConfigMap.class).stream()
        .filter(map -> map.getMetadata().getName().startsWith("keycloak-config"))
        .filter(
            map ->
                !String.valueOf(map.getData().get("KC_HOSTNAME_ADMIN"))
                    .startsWith("http://localhost:"))
        .forEach(map -> wrong.add("the console has the name of everybody's pages"));
    return wrong;
  }

  private static Stream<HTTPIngressPath> paths(Cluster cluster) {
    return cluster.all(Ingress.class).stream()
        .flatMap(ingress -> ingress.getSpec().getRules().stream())
        .flatMap(rule -> rule.getHttp().getPaths().stream());
  }

  private static void http(
      String what, Probe probe, String path, Map<String, Integer> ports, List<String> wrong) {
    if (probe == null
        || probe.getHttpGet() == null
        || !path.equals(probe.getHttpGet().getPath())
        || !ports.containsKey(probe.getHttpGet().getPort().getStrVal())) {
      wrong.add(what + " does not ask " + path);
    }
  }

  private static List<String> autoscaling(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    int least = cluster.overlay().equals("local") ? 1 : 2;
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      HorizontalPodAutoscaler hpa = cluster.find(HorizontalPodAutoscaler.class, name);
      if (hpa == null || !name.equals(hpa.getSpec().getScaleTargetRef().getName())) {
        wrong.add(name + " does not scale");
      } else if (hpa.getSpec().getMinReplicas() < least
          || hpa.getSpec().getMaxReplicas() <= hpa.getSpec().getMinReplicas()) {
        wrong.add(name + " scales from " + hpa.getSpec().getMinReplicas());
      } else if (server.getSpec().getReplicas() != null) {
        wrong.add(name + " says how many replicas it has, as its autoscaler does");
      }
    }
    return wrong;
  }

  private static List<String> disruption(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      PodDisruptionBudget budget = cluster.find(PodDisruptionBudget.class, name);
      if (budget == null
          || !selects(budget.getSpec().getSelector().getMatchLabels(), labels(server))) {
        wrong.add(name + " has no budget");
      } else if (!new IntOrString(1).equals(budget.getSpec().getMaxUnavailable())) {
        wrong.add(name + " does not give up one replica at a time");
      }
    }
    return wrong;
  }

  private static List<String> spread(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      Set<String> keys =
          server.getSpec().getTemplate().getSpec().getTopologySpreadConstraints().stream()
              .filter(c -> selects(c.getLabelSelector().getMatchLabels(), labels(server)))
              .filter(c -> c.getMatchLabelKeys().contains("app.kubernetes.io/name"))
              .map(TopologySpreadConstraint::getTopologyKey)
              .collect(Collectors.toSet());
      if (!keys.equals(Set.of("kubernetes.io/hostname", "topology.kubernetes.io/zone"))) {
        wrong.add(server.getMetadata().getName() + " is spread over " + keys);
      }
    }
    return wrong;
  }

  private static List<String> draining(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      PodSpec pod = server.getSpec().getTemplate().getSpec();
      Container app = app(server);
      if (app.getLifecycle() == null
          || app.getLifecycle().getPreStop() == null
          || app.getLifecycle().getPreStop().getSleep() == null) {
        wrong.add(name + " stops while it is still asked");
        continue;
      }
      String timeout = cluster.environment(name).get("QUARKUS_SHUTDOWN_TIMEOUT");
      long seconds = timeout == null ? 0 : Duration.parse("PT" + timeout).toSeconds();
      long needed = seconds + app.getLifecycle().getPreStop().getSleep().getSeconds();
      if (seconds < 10 || needed >= pod.getTerminationGracePeriodSeconds()) {
        wrong.add(name + " has no time to finish");
      }
      if (!new IntOrString(0)
          .equals(server.getSpec().getStrategy().getRollingUpdate().getMaxUnavailable())) {
        wrong.add(name + " loses a replica in a release");
      }
    }
    return wrong;
  }

  private static List<String> services(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Service service : cluster.all(Service.class)) {
      String name = service.getMetadata().getName();
      List<Container> found =
          cluster.pods().values().stream()
              .filter(
                  pod -> selects(service.getSpec().getSelector(), pod.getMetadata().getLabels()))
              .flatMap(pod -> pod.getSpec().getContainers().stream())
              .toList();
      if (found.size() != 1) {
        wrong.add(name + " leads to " + found.size() + " kinds of pods");
        continue;
      }
      for (ServicePort port : service.getSpec().getPorts()) {
        if (found.get(0).getPorts().stream()
            .noneMatch(one -> one.getName().equals(port.getTargetPort().getStrVal()))) {
          wrong.add(name + " leads to no port " + port.getName());
        }
        if (port.getName().equals("grpc") && !"None".equals(service.getSpec().getClusterIP())) {
          wrong.add(name + " hides its replicas from gRPC callers");
        }
      }
    }
    return wrong;
  }

  /**
   * For every replica, one more of each service in a release, and the migrations; where the
   * database is ours.
   */
  private static List<String> connections(Cluster cluster) {
    Optional<Matcher> most =
        cluster.all(ConfigMap.class).stream()
            .filter(one -> one.getMetadata().getName().startsWith("database-config"))
            .map(one -> MOST_CONNECTIONS.matcher(one.getData().get("server.cnf")))
            .filter(Matcher::find)
            .findFirst();
    if (most.isEmpty()) {
      return cluster.overlay().equals("production")
          ? List.of()
          : List.of("no database says how many");
    }
    int needed = 0;
    for (String service : Cluster.SERVICES) {
      String pool = cluster.environment(service).getOrDefault("MALL_DB_POOL_SIZE", POOL_SIZE);
      HorizontalPodAutoscaler hpa = cluster.find(HorizontalPodAutoscaler.class, service);
      needed += (hpa.getSpec().getMaxReplicas() + 2) * (Integer.parseInt(pool) + FLYWAYS);
    }
    int there = Integer.parseInt(most.get().group(1));
    return needed <= there
        ? List.of()
        : List.of("the services want " + needed + " connections of " + there);
  }

  /** By the monitor of the Prometheus Operator, under the names that the alerts use. */
  private static List<String> metrics(Cluster cluster) {
    if (cluster.overlay().equals("local")) {
      return List.of();
    }
    List<ServiceMonitor> monitors =
        cluster.all(ServiceMonitor.class).stream()
            .filter(one -> "app.kubernetes.io/name".equals(one.getSpec().getJobLabel()))
            .toList();
    return Cluster.COMPONENTS.stream()
        .filter(
            name ->
                monitors.stream()
                    .noneMatch(one -> collects(one, cluster.find(Service.class, name))))
        .map(name -> "nobody collects from " + name)
        .toList();
  }

  private static boolean collects(ServiceMonitor monitor, Service service) {
    Map<String, String> wanted = monitor.getSpec().getSelector().getMatchLabels();
    Map<String, String> labels = service.getMetadata().getLabels();
    return selects(wanted, labels)
        && service.getMetadata().getName().equals(labels.get("app.kubernetes.io/name"))
        && monitor.getSpec().getEndpoints().stream()
            .filter(one -> "/q/metrics".equals(one.getPath()))
            .anyMatch(
                one ->
                    service.getSpec().getPorts().stream()
                        .anyMatch(port -> port.getName().equals(one.getPort())));
  }

  static Map<String, String> labels(Deployment server) {
    return server.getSpec().getTemplate().getMetadata().getLabels();
  }

  static boolean selects(Map<String, String> selector, Map<String, String> labels) {
    return selector != null
        && !selector.isEmpty()
        && labels.entrySet().containsAll(selector.entrySet());
  }
}
