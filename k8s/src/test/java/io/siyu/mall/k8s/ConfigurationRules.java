package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** What the programs are told. */
final class ConfigurationRules {

  /** Keys of Quarkus and of Java that the manifests may set. */
  private static final Set<String> OF_THE_PLATFORM =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "QUARKUS_PROFILE",
          "QUARKUS_SHUTDOWN_TIMEOUT",
          "QUARKUS_FLYWAY_MIGRATE_AT_START",
          "QUARKUS_FLYWAY_VALIDATE_AT_START",
          "QUARKUS_INIT_AND_EXIT",
          "QUARKUS_OIDC_CLIENT_AUTH_SERVER_URL");

  private static final Pattern BALANCING =
      Pattern.compile("QUARKUS_GRPC_CLIENTS_([A-Z]+)_LOAD_BALANCING_POLICY");

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(PASSWORD|SECRET|API_V3_KEY|PERSONAL_KEYS|HASH_KEY|PRIVATE_KEY|SIGNING_KEYS|TOKEN).*");

  /** ConfigMaps that are made beside the overlays; see docs/operations/deploy.md. */
  private static final Set<String> MADE_BESIDE = Set.of("mall-realm");

  private ConfigurationRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule("everything needed is given", ConfigurationRules::needed),
        new Rule("everything given is known", ConfigurationRules::known),
        new Rule("no secret is in git", ConfigurationRules::secrets),
        new Rule("connections to the database are encrypted", ConfigurationRules::encrypted),
        new Rule("what is referred to exists", ConfigurationRules::references),
        new Rule("schemas are migrated by jobs alone", ConfigurationRules::migrations));
  }

  private static List<String> needed(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      Set<String> given = cluster.environment(name).keySet();
      SourceKeys.of(name).needed().stream()
          .filter(key -> !given.contains(key))
          .forEach(key -> wrong.add(name + " needs " + key));
    }
    return wrong;
  }

  private static List<String> known(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Deployment server : cluster.servers()) {
      String name = server.getMetadata().getName();
      Set<String> known = SourceKeys.of(name).known();
      cluster.environment(name).keySet().stream()
          .filter(key -> !known.contains(key) && !OF_THE_PLATFORM.contains(key))
          .filter(key -> !isBalancing(key, known))
          .forEach(key -> wrong.add(name + " does not know " + key));
    }
    return wrong;
  }

  private static boolean isBalancing(String key, Set<String> known) {
    var balancing = BALANCING.matcher(key);
    return balancing.matches()
        && known.contains("QUARKUS_GRPC_CLIENTS_" + balancing.group(1) + "_HOST");
  }

  private static List<String> secrets(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    if (!cluster.overlay().equals("local")) {
      cluster
          .all(Secret.class)
          .forEach(one -> wrong.add("the Secret " + one.getMetadata().getName()));
    }
    for (ConfigMap map : cluster.all(ConfigMap.class)) {
      map.getData()
          .forEach(
              (key, value) -> {
                boolean path = value.startsWith("/") || value.matches("[a-z0-9]+:/\\S+");
                if (SECRET_NAME.matcher(key).matches() && !path || value.contains("-----BEGIN")) {
                  wrong.add(map.getMetadata().getName() + " holds " + key);
                }
              });
    }
    for (PodTemplateSpec pod : cluster.pods().values()) {
      for (Container container : pod.getSpec().getContainers()) {
        container.getEnv().stream()
            .filter(one -> one.getValue() != null && SECRET_NAME.matcher(one.getName()).matches())
            .forEach(one -> wrong.add(container.getName() + " is given " + one.getName()));
      }
    }
    return wrong;
  }

  private static List<String> references(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    Set<String> secrets = cluster.secrets().keySet();
    cluster
        .pods()
        .forEach(
            (name, pod) -> {
              for (EnvFromSource from : pod.getSpec().getContainers().get(0).getEnvFrom()) {
                check(
                    cluster,
                    secrets,
                    name,
                    from.getConfigMapRef() == null ? null : from.getConfigMapRef().getName(),
                    from.getSecretRef() == null ? null : from.getSecretRef().getName(),
                    wrong);
              }
              for (Volume volume : pod.getSpec().getVolumes()) {
                check(
                    cluster,
                    secrets,
                    name,
                    volume.getConfigMap() == null ? null : volume.getConfigMap().getName(),
                    volume.getSecret() == null ? null : volume.getSecret().getSecretName(),
                    wrong);
              }
            });
    return wrong;
  }

  private static void check(
      Cluster cluster,
      Set<String> secrets,
      String pod,
      String map,
      String secret,
      List<String> wrong) {
    if (map != null && !MADE_BESIDE.contains(map) && cluster.find(ConfigMap.class, map) == null) {
      wrong.add(pod + " wants the ConfigMap " + map);
    }
    if (secret != null && !secrets.contains(secret)) {
      wrong.add(pod + " wants the Secret " + secret);
    }
  }

  /** Everywhere; and in production by a server that can prove to be the database. */
  private static List<String> encrypted(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (String service : Cluster.SERVICES) {
      for (String pod : List.of(service, service + "-migration")) {
        if (!cluster.pods().containsKey(pod)) {
          continue;
        }
        Map<String, String> environment = cluster.environment(pod);
        String mode = String.valueOf(environment.get("MALL_DB_TLS"));
        boolean verifies = mode.startsWith("verify-");
        if (!verifies && !mode.equals("required")) {
          wrong.add(pod + " speaks to its database in clear: " + mode);
        } else if (!verifies && cluster.overlay().equals("production")) {
          wrong.add(pod + " speaks to any database: " + mode);
        } else if (verifies && !isMounted(cluster, pod, environment.get("MALL_DB_CA"))) {
          wrong.add(pod + " has no authority at " + environment.get("MALL_DB_CA"));
        }
      }
    }
    return wrong;
  }

  /** Whether a Secret that has it is mounted where the file is wanted. */
  private static boolean isMounted(Cluster cluster, String pod, String file) {
    if (file == null || !file.startsWith("/")) {
      return false;
    }
    int name = file.lastIndexOf('/');
    PodTemplateSpec template = cluster.pods().get(pod);
    return template.getSpec().getContainers().get(0).getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(file.substring(0, name)))
        .flatMap(
            mount ->
                template.getSpec().getVolumes().stream()
                    .filter(volume -> volume.getName().equals(mount.getName())))
        .filter(volume -> volume.getSecret() != null)
        .map(volume -> volume.getSecret().getSecretName())
        .anyMatch(
            secret ->
                cluster
                    .secrets()
                    .getOrDefault(secret, Set.of())
                    .contains(file.substring(name + 1)));
  }

  private static List<String> migrations(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (String service : Cluster.SERVICES) {
      Deployment server = cluster.find(Deployment.class, service);
      Job job = cluster.find(Job.class, service + "-migration");
      if (job == null || server == null) {
        wrong.add(service + " has no migration");
        continue;
      }
      Map<String, String> migrates = cluster.environment(service + "-migration");
      Map<String, String> serves = cluster.environment(service);
      if (!"true".equals(migrates.get("QUARKUS_FLYWAY_MIGRATE_AT_START"))
          || !"true".equals(migrates.get("QUARKUS_INIT_AND_EXIT"))) {
        wrong.add(service + "'s migration does not migrate and end");
      }
      if (!"false".equals(serves.get("QUARKUS_FLYWAY_MIGRATE_AT_START"))
          || !"true".equals(serves.get("QUARKUS_FLYWAY_VALIDATE_AT_START"))
          || serves.containsKey("QUARKUS_INIT_AND_EXIT")) {
        wrong.add(service + " migrates by itself, or starts on an old schema");
      }
      if (!Objects.equals(
          image(job.getSpec().getTemplate()), image(server.getSpec().getTemplate()))) {
        wrong.add(service + " and its migration are of two releases");
      }
    }
    return wrong;
  }

  private static String image(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().get(0).getImage();
  }
}
