package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of one overlay.
 *
 * @param overlay its name
 * @param objects all of them, with the Secrets that are made beside it where it has such
 */
record Cluster(String overlay, List<HasMetadata> objects) {

  /** The components that have a database. */
  static final List<String> SERVICES =
      List.of("catalog", "order", "distributor", "membership", "cps");

  /** The components built here. */
  static final List<String> COMPONENTS =
      List.of("catalog", "order", "distributor", "membership", "cps", "gateway");

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T find(Class<T> type, String name) {
    return all(type).stream()
        .filter(one -> one.getMetadata().getName().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The Deployments of the components, where they exist. */
  List<Deployment> servers() {
    return all(Deployment.class).stream()
        .filter(one -> COMPONENTS.contains(one.getMetadata().getName()))
        .toList();
  }

  /** What runs, by name. */
  Map<String, PodTemplateSpec> pods() {
    Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
    all(Deployment.class)
        .forEach(one -> pods.put(one.getMetadata().getName(), one.getSpec().getTemplate()));
    all(StatefulSet.class)
        .forEach(one -> pods.put(one.getMetadata().getName(), one.getSpec().getTemplate()));
    all(Job.class)
        .forEach(one -> pods.put(one.getMetadata().getName(), one.getSpec().getTemplate()));
    return pods;
  }

  /** The keys that each Secret will have, whoever makes it. */
  Map<String, Set<String>> secrets() {
    Map<String, Set<String>> secrets = new HashMap<>();
    for (Secret secret : all(Secret.class)) {
      Set<String> keys = new LinkedHashSet<>();
      if (secret.getData() != null) {
        keys.addAll(secret.getData().keySet());
      }
      if (secret.getStringData() != null) {
        keys.addAll(secret.getStringData().keySet());
      }
      secrets.put(secret.getMetadata().getName(), keys);
    }
    for (ExternalSecret one : all(ExternalSecret.class)) {
      Set<String> keys = new LinkedHashSet<>();
      one.getSpec().data.forEach(entry -> keys.add(entry.secretKey));
      secrets.put(one.getSpec().target.name, keys);
    }
    return secrets;
  }

  /** The environment of a pod's first container; secret values are null. */
  Map<String, String> environment(String pod) {
    Map<String, String> environment = new LinkedHashMap<>();
    Container container = pods().get(pod).getSpec().getContainers().get(0);
    container
        .getEnvFrom()
        .forEach(
            from -> {
              if (from.getConfigMapRef() != null) {
                ConfigMap map = find(ConfigMap.class, from.getConfigMapRef().getName());
                environment.putAll(map == null ? Map.of() : map.getData());
              } else {
                secrets()
                    .getOrDefault(from.getSecretRef().getName(), Set.of())
                    .forEach(key -> environment.put(key, null));
              }
            });
    container.getEnv().forEach(one -> environment.put(one.getName(), one.getValue()));
    return environment;
  }
}
