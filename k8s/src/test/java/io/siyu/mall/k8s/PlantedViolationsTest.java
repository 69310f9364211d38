package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule must find what is broken on purpose. */
class PlantedViolationsTest {

  private record Planted(String overlay, String rule, String named, Consumer<Cluster> breaks) {
    Planted(String rule, String named, Consumer<Cluster> breaks) {
      this("staging", rule, named, breaks);
    }
  }

  private static final List<Planted> PLANTED =
      List.of(
          new Planted(
              "every field is one that Kubernetes knows",
              "replica",
              c -> server(c, "order").getSpec().setAdditionalProperty("replica", 3)),
          new Planted(
              "every field is one that Kubernetes knows",
              "endpoints[0].pathh",
              c ->
                  c.all(ServiceMonitor.class)
                      .get(0)
                      .getSpec()
                      .getEndpoints()
                      .get(0)
                      .setAdditionalProperty("pathh", "/q/metrics")),
          new Planted(
              "every field is one that Kubernetes knows",
              "spec.refreshIntervall",
              c ->
                  c.objects()
                      .addAll(
                          Kubectl.parse(
                              "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\n"
                                  + "metadata: {name: x}\nspec: {refreshIntervall: 15m}"))),
          new Planted(
              "every field is one that Kubernetes knows",
              "Gizmo x is of a kind without a model",
              c ->
                  c.objects()
                      .addAll(
                          Kubectl.parse("apiVersion: a.b/v1\nkind: Gizmo\nmetadata: {name: x}"))),
          new Planted(
              "nobody is root or can become it",
              "catalog: may be root",
              c -> pod(c, "catalog").getSecurityContext().setRunAsUser(0L)),
          new Planted(
              "nobody is root or can become it",
              "database: mariadb can gain",
              c ->
                  c.find(StatefulSet.class, "database")
                      .getSpec()
                      .getTemplate()
                      .getSpec()
                      .getContainers()
                      .get(0)
                      .getSecurityContext()
                      .setAllowPrivilegeEscalation(true)),
          new Planted(
              "root file systems are read-only, /tmp is not",
              "gateway: app can write",
              c -> app(c, "gateway").getSecurityContext().setReadOnlyRootFilesystem(false)),
          new Planted(
              "root file systems are read-only, /tmp is not",
              "order: app has no /tmp",
              c -> app(c, "order").getVolumeMounts().clear()),
          new Planted(
              "requests and limits are given",
              "cps: app has no request",
              c -> app(c, "cps").getResources().getLimits().remove("memory")),
          new Planted(
              "images have a fixed version",
              "catalog:latest",
              c -> app(c, "catalog").setImage("registry.example.com/catalog:latest")),
          new Planted(
              "production",
              "images that others rely on are named by their digest",
              "gateway:1.4.0 has no digest",
              c -> app(c, "gateway").setImage("registry.example.com/siyu-mall/gateway:1.4.0")),
          new Planted(
              "images that others rely on are named by their digest",
              "keycloak:26.7.3 has no digest",
              c -> app(c, "keycloak").setImage("quay.io/keycloak/keycloak:26.7.3")),
          new Planted(
              "health and metrics are at a port of their own",
              "gateway shows what is for operators at http",
              c ->
                  app(c, "gateway")
                      .getReadinessProbe()
                      .getHttpGet()
                      .setPort(new IntOrString("http"))),
          new Planted(
              "health and metrics are at a port of their own",
              "gateway leads callers to management",
              c ->
                  c.find(Ingress.class, "gateway")
                      .getSpec()
                      .getRules()
                      .get(0)
                      .getHttp()
                      .getPaths()
                      .get(0)
                      .getBackend()
                      .getService()
                      .getPort()
                      .setName("management")),
          new Planted(
              "the token issuer is administered from within",
              "keycloak leads everybody to /",
              c ->
                  c.find(Ingress.class, "keycloak")
                      .getSpec()
                      .getRules()
                      .get(0)
                      .getHttp()
                      .getPaths()
                      .get(0)
                      .setPath("/")),
          new Planted(
              "the token issuer is administered from within",
              "the console has the name of everybody's pages",
              c -> config(c, "keycloak-config").getData().remove("KC_HOSTNAME_ADMIN")),
          new Planted(
              "everybody is somebody, with no token",
              "membership gets a token",
              c ->
                  c.find(ServiceAccount.class, "membership").setAutomountServiceAccountToken(null)),
          new Planted(
              "all components are here", "no cps", c -> c.objects().remove(server(c, "cps"))),
          new Planted(
              "probes ask HTTP and gRPC",
              "order liveness",
              c -> app(c, "order").getLivenessProbe().getGrpc().setPort(8102)),
          new Planted(
              "probes ask HTTP and gRPC",
              "gateway readiness",
              c -> app(c, "gateway").setReadinessProbe(null)),
          new Planted(
              "replicas follow the load",
              "catalog scales from 1",
              c -> c.find(HorizontalPodAutoscaler.class, "catalog").getSpec().setMinReplicas(1)),
          new Planted(
              "disruptions take one replica at a time",
              "gateway does not give up",
              c ->
                  c.find(PodDisruptionBudget.class, "gateway")
                      .getSpec()
                      .setMaxUnavailable(new IntOrString(0))),
          new Planted(
              "replicas are spread over nodes and zones",
              "order is spread over",
              c -> pod(c, "order").getTopologySpreadConstraints().remove(1)),
          new Planted(
              "what is under way is finished",
              "cps has no time",
              c -> pod(c, "cps").setTerminationGracePeriodSeconds(20L)),
          new Planted(
              "what is under way is finished",
              "cps stops while",
              c -> app(c, "cps").setLifecycle(null)),
          new Planted(
              "services lead to pods",
              "order hides",
              c -> c.find(Service.class, "order").getSpec().setClusterIP("10.0.0.7")),
          new Planted(
              "services lead to pods",
              "catalog leads to 0",
              c ->
                  c.find(Service.class, "catalog")
                      .getSpec()
                      .getSelector()
                      .put("app.kubernetes.io/name", "catalogue")),
          new Planted(
              "everything is closed first",
              "no policy denies",
              c -> c.objects().remove(c.find(NetworkPolicy.class, "default-deny"))),
          new Planted(
              "only the arrows that exist",
              "open: gateway -> order:8112 half",
              c ->
                  c.find(NetworkPolicy.class, "gateway").getSpec().getEgress().stream()
                      .filter(e -> e.getPorts().get(0).getPort().getIntVal() == 9102)
                      .forEach(e -> e.getPorts().get(0).setPort(new IntOrString(8112)))),
          new Planted(
              "only the arrows that exist",
              "closed: order -> catalog:9101",
              c -> c.find(NetworkPolicy.class, "catalog").getSpec().getIngress().clear()),
          new Planted(
              "only the arrows that exist",
              "open: gateway -> 0.0.0.0/0:443",
              c ->
                  c.find(NetworkPolicy.class, "gateway")
                      .getSpec()
                      .getEgress()
                      .addAll(c.find(NetworkPolicy.class, "cps").getSpec().getEgress())),
          new Planted(
              "only the arrows that exist",
              "open: cps -> everybody:443",
              c ->
                  c.find(NetworkPolicy.class, "cps").getSpec().getEgress().stream()
                      .filter(e -> e.getPorts().get(0).getPort().getIntVal() == 443)
                      .forEach(e -> e.getTo().clear())),
          new Planted(
              "only the arrows that exist",
              "open: ingress-nginx -> gateway:every port",
              c ->
                  c.find(NetworkPolicy.class, "gateway")
                      .getSpec()
                      .getIngress()
                      .get(0)
                      .getPorts()
                      .clear()),
          new Planted(
              "only the arrows that exist",
              "open: order -> 0.0.0.0/0 with what is private:443",
              c ->
                  c.find(NetworkPolicy.class, "order").getSpec().getEgress().stream()
                      .flatMap(e -> e.getTo().stream())
                      .filter(peer -> peer.getIpBlock() != null)
                      .forEach(peer -> peer.getIpBlock().getExcept().remove(0))),
          new Planted(
              "metrics are collected from every server",
              "nobody collects from catalog",
              c ->
                  c.find(Service.class, "catalog")
                      .getMetadata()
                      .getLabels()
                      .remove("mall.siyu.io/metrics")),
          new Planted(
              "metrics are collected from every server",
              "nobody collects from order",
              c -> c.find(Service.class, "order").getSpec().getPorts().get(0).setName("web")),
          new Planted(
              "the database has room for everybody",
              "connections of 800",
              c -> c.find(HorizontalPodAutoscaler.class, "cps").getSpec().setMaxReplicas(40)),
          new Planted(
              "everything needed is given",
              "order needs MALL_DB_HOST",
              c -> config(c, "services-config").getData().remove("MALL_DB_HOST")),
          new Planted(
              "everything needed is given",
              "gateway needs MALL_KEYCLOAK_URL",
              c -> config(c, "gateway-config").getData().remove("MALL_KEYCLOAK_URL")),
          new Planted(
              "everything given is known",
              "order does not know MALL_DB_HOTS",
              c -> config(c, "services-config").getData().put("MALL_DB_HOTS", "database")),
          new Planted(
              "no secret is in git",
              "MALL_DB_PASSWORD",
              c -> config(c, "order-config").getData().put("MALL_DB_PASSWORD", "hunter2")),
          new Planted(
              "no secret is in git",
              "the Secret planted",
              c ->
                  c.objects()
                      .add(
                          new SecretBuilder()
                              .withNewMetadata()
                              .withName("planted")
                              .endMetadata()
                              .build())),
          new Planted(
              "connections to the database are encrypted",
              "order speaks to its database in clear",
              c -> config(c, "services-config").getData().put("MALL_DB_TLS", "disabled")),
          new Planted(
              "connections to the database are encrypted",
              "cps-migration speaks to its database in clear",
              c -> config(c, "services-config").getData().remove("MALL_DB_TLS")),
          new Planted(
              "production",
              "connections to the database are encrypted",
              "catalog speaks to any database",
              c -> config(c, "services-config").getData().put("MALL_DB_TLS", "required")),
          new Planted(
              "production",
              "connections to the database are encrypted",
              "membership has no authority at /etc/mall/database/ca.pem",
              c ->
                  app(c, "membership")
                      .getVolumeMounts()
                      .removeIf(mount -> mount.getName().equals("database-ca"))),
          new Planted(
              "production",
              "connections to the database are encrypted",
              "order-migration has no authority at /etc/mall/database/root.pem",
              c ->
                  config(c, "services-config")
                      .getData()
                      .put("MALL_DB_CA", "/etc/mall/database/root.pem")),
          new Planted(
              "what is referred to exists",
              "distributor wants the Secret",
              c ->
                  app(c, "distributor").getEnvFrom().stream()
                      .filter(from -> from.getSecretRef() != null)
                      .forEach(from -> from.getSecretRef().setName("distributors-secrets"))),
          new Planted(
              "schemas are migrated by jobs alone",
              "catalog has no migration",
              c -> c.objects().remove(c.find(Job.class, "catalog-migration"))),
          new Planted(
              "schemas are migrated by jobs alone",
              "migrates by itself",
              c ->
                  config(c, "services-config")
                      .getData()
                      .put("QUARKUS_FLYWAY_MIGRATE_AT_START", "true")),
          new Planted(
              "schemas are migrated by jobs alone",
              "of two releases",
              c -> app(c, "order").setImage("registry.example.com/siyu-mall/order:2.0.0")));

  @TestFactory
  Stream<DynamicTest> isFound() {
    return PLANTED.stream()
        .map(
            planted ->
                DynamicTest.dynamicTest(
                    planted.rule() + ": " + planted.named(),
                    () -> {
                      Cluster cluster = Kubectl.overlay(planted.overlay());
                      planted.breaks().accept(cluster);
                      assertThat(rule(planted.rule()).check().apply(cluster))
                          .anySatisfy(wrong -> assertThat(wrong).contains(planted.named()));
                    }));
  }

  @Test
  void everyRuleHasAViolation() {
    Set<String> planted =
        PLANTED.stream().map(Planted::rule).collect(Collectors.toCollection(LinkedHashSet::new));
    assertThat(planted)
        .containsExactlyInAnyOrderElementsOf(
            OverlaysTest.rules().stream().map(Rule::name).toList());
  }

  @Test
  void aPortThatNobodyAsksIsNoArrow() {
    Cluster cluster = Kubectl.overlay("staging");
    app(cluster, "order")
        .getPorts()
        .add(new ContainerPortBuilder().withName("debug").withContainerPort(5005).build());
    assertThat(NetworkRules.found(cluster)).noneMatch(arrow -> arrow.contains("5005"));
  }

  private static Rule rule(String name) {
    return OverlaysTest.rules().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Deployment server(Cluster cluster, String name) {
    return cluster.find(Deployment.class, name);
  }

  private static io.fabric8.kubernetes.api.model.PodSpec pod(Cluster cluster, String name) {
    return server(cluster, name).getSpec().getTemplate().getSpec();
  }

  private static io.fabric8.kubernetes.api.model.Container app(Cluster cluster, String name) {
    return pod(cluster, name).getContainers().get(0);
  }

  /** Generated names end with a hash. */
  private static ConfigMap config(Cluster cluster, String name) {
    return cluster.all(ConfigMap.class).stream()
        .filter(one -> ((HasMetadata) one).getMetadata().getName().startsWith(name))
        .findFirst()
        .orElseThrow();
  }
}
