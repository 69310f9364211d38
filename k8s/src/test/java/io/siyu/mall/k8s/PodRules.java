package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What every pod must have, those of the database and of Keycloak too. */
final class PodRules {

  private PodRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule("nobody is root or can become it", each(PodRules::security)),
        new Rule("root file systems are read-only, /tmp is not", each(PodRules::fileSystem)),
        new Rule("requests and limits are given", each(PodRules::resources)),
        new Rule("images have a fixed version", each(PodRules::images)),
        new Rule("images that others rely on are named by their digest", PodRules::digests),
        new Rule("everybody is somebody, with no token", PodRules::accounts));
  }

  /** A rule about one pod after the other; the consumer gets where to complain. */
  private static java.util.function.Function<Cluster, List<String>> each(
      BiConsumer<PodTemplateSpec, List<String>> rule) {
    return cluster -> {
      List<String> wrong = new ArrayList<>();
      cluster
          .pods()
          .forEach(
              (name, pod) -> {
                List<String> here = new ArrayList<>();
                rule.accept(pod, here);
                here.forEach(what -> wrong.add(name + ": " + what));
              });
      return wrong;
    };
  }

  private static List<Container> containers(PodTemplateSpec pod) {
    return Stream.concat(
            pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
        .toList();
  }

  private static void security(PodTemplateSpec pod, List<String> wrong) {
    PodSpec spec = pod.getSpec();
    PodSecurityContext context = spec.getSecurityContext();
    if (context == null
        || !Boolean.TRUE.equals(context.getRunAsNonRoot())
        || context.getRunAsUser() == null
        || context.getRunAsUser() == 0) {
      wrong.add("may be root");
    } else if (context.getSeccompProfile() == null
        || !"RuntimeDefault".equals(context.getSeccompProfile().getType())) {
      wrong.add("has no seccomp profile");
    }
    if (Boolean.TRUE.equals(spec.getHostNetwork()) || Boolean.TRUE.equals(spec.getHostPID())) {
      wrong.add("is in the host's namespaces");
    }
    if (spec.getVolumes().stream().anyMatch(volume -> volume.getHostPath() != null)) {
      wrong.add("sees the host's files");
    }
    for (Container container : containers(pod)) {
      SecurityContext own = container.getSecurityContext();
      if (own == null
          || !Boolean.FALSE.equals(own.getAllowPrivilegeEscalation())
          || Boolean.TRUE.equals(own.getPrivileged())) {
        wrong.add(container.getName() + " can gain privileges");
      }
      if (own == null
          || own.getCapabilities() == null
          || !own.getCapabilities().getDrop().contains("ALL")
          || !own.getCapabilities().getAdd().isEmpty()) {
        wrong.add(container.getName() + " has capabilities");
      }
    }
  }

  private static void fileSystem(PodTemplateSpec pod, List<String> wrong) {
    Set<String> empty = new LinkedHashSet<>();
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getEmptyDir() != null) {
        empty.add(volume.getName());
      }
    }
    for (Container container : containers(pod)) {
      SecurityContext own = container.getSecurityContext();
      if (own == null || !Boolean.TRUE.equals(own.getReadOnlyRootFilesystem())) {
        wrong.add(container.getName() + " can write its root file system");
      }
    }
    for (Container container : pod.getSpec().getContainers()) {
      if (container.getVolumeMounts().stream()
          .noneMatch(m -> m.getMountPath().equals("/tmp") && empty.contains(m.getName()))) {
        wrong.add(container.getName() + " has no /tmp");
      }
    }
  }

  private static void resources(PodTemplateSpec pod, List<String> wrong) {
    for (Container container : containers(pod)) {
      for (String resource : List.of("cpu", "memory")) {
        Quantity request = quantity(container.getResources().getRequests(), resource);
        Quantity limit = quantity(container.getResources().getLimits(), resource);
        if (request == null || limit == null) {
          wrong.add(container.getName() + " has no request or no limit of " + resource);
        } else if (Quantity.getAmountInBytes(request).compareTo(Quantity.getAmountInBytes(limit))
            > 0) {
          wrong.add(container.getName() + " requests more " + resource + " than it may have");
        }
      }
    }
  }

  private static Quantity quantity(Map<String, Quantity> from, String resource) {
    return from == null ? null : from.get(resource);
  }

  private static void images(PodTemplateSpec pod, List<String> wrong) {
    for (Container container : containers(pod)) {
      String last = container.getImage().substring(container.getImage().lastIndexOf('/') + 1);
      if (!last.contains("@sha256:") && (!last.contains(":") || last.endsWith(":latest"))) {
        wrong.add(container.getImage() + " can be anything");
      }
    }
  }

  /** A tag can be moved to another image after it was tested. */
  private static List<String> digests(Cluster cluster) {
    if (cluster.overlay().equals("local")) {
      return List.of();
    }
    return cluster.pods().values().stream()
        .flatMap(pod -> containers(pod).stream())
        .map(Container::getImage)
        .filter(image -> !image.matches("[^@]+@sha256:[0-9a-f]{64}"))
        .map(image -> image + " has no digest")
        .toList();
  }

  private static List<String> accounts(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    cluster
        .pods()
        .forEach(
            (name, pod) -> {
              String account = pod.getSpec().getServiceAccountName();
              ServiceAccount known =
                  account == null ? null : cluster.find(ServiceAccount.class, account);
              if (known == null) {
                wrong.add(name + " runs as " + account + ", which is not here");
              } else if (!Boolean.FALSE.equals(known.getAutomountServiceAccountToken())
                  || !Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())) {
                wrong.add(name + " gets a token for the cluster's API");
              }
            });
    return wrong;
  }
}
