package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may talk to whom, worked out of the policies as a network plug-in would: a pod that a policy
 * selects for a direction may do only what some policy allows.
 */
final class NetworkRules {

  private static final String DNS = "kube-system";

  /** Where a cluster and its neighbours are: the outside is everything else. */
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16");

  private NetworkRules() {}

  static List<Rule> all() {
    return List.of(
        new Rule("everything is closed first", NetworkRules::closed),
        new Rule("only the arrows that exist", NetworkRules::arrows));
  }

  private static List<String> closed(Cluster cluster) {
    boolean closed =
        cluster.all(NetworkPolicy.class).stream()
            .anyMatch(
                policy ->
                    policy.getSpec().getPodSelector().getMatchLabels().isEmpty()
                        && policy.getSpec().getPodSelector().getMatchExpressions().isEmpty()
                        && policy
                            .getSpec()
                            .getPolicyTypes()
                            .containsAll(List.of("Ingress", "Egress"))
                        && policy.getSpec().getIngress().isEmpty()
                        && policy.getSpec().getEgress().isEmpty());
    return closed ? List.of() : List.of("no policy denies by default in both directions");
  }

  private static List<String> arrows(Cluster cluster) {
    Set<String> expected = Arrows.of(cluster.overlay());
    Set<String> found = found(cluster);
    List<String> wrong = new ArrayList<>();
    expected.stream()
        .filter(arrow -> !found.contains(arrow))
        .forEach(arrow -> wrong.add("closed: " + arrow));
    found.stream()
        .filter(arrow -> !expected.contains(arrow))
        .forEach(arrow -> wrong.add("open: " + arrow));
    return wrong;
  }

  /** Every arrow {@code from -> to:port}; one that only one end allows ends with {@code half}. */
  static Set<String> found(Cluster cluster) {
    Map<String, PodTemplateSpec> pods = cluster.pods();
    List<NetworkPolicy> policies = cluster.all(NetworkPolicy.class);
    Set<String> arrows = new TreeSet<>();
    pods.forEach(
        (from, source) ->
            pods.forEach(
                (to, target) -> {
                  for (ContainerPort port : ports(target)) {
                    boolean out = allowed(policies, source, target, port, false);
                    boolean in = allowed(policies, target, source, port, true);
                    if (!from.equals(to) && (out || in)) {
                      String arrow = from + " -> " + to + ":" + port.getContainerPort();
                      arrows.add(out && in ? arrow : arrow + " half");
                    }
                  }
                }));
    pods.forEach((name, pod) -> arrows.addAll(outside(policies, name, pod)));
    return arrows;
  }

  private static List<ContainerPort> ports(PodTemplateSpec pod) {
    return pod.getSpec().getContainers().get(0).getPorts();
  }

  /** May {@code pod} take from, or send to, {@code other} at this port of the one that listens? */
  private static boolean allowed(
      List<NetworkPolicy> policies,
      PodTemplateSpec pod,
      PodTemplateSpec other,
      ContainerPort port,
      boolean in) {
    boolean limited = false;
    for (NetworkPolicy policy : policies) {
      if (!applies(policy, pod, in)) {
        continue;
      }
      limited = true;
      for (Opening opening : openings(policy, in)) {
        boolean peer =
            opening.peers().isEmpty()
                || opening.peers().stream()
                    .anyMatch(
                        one ->
                            one.getNamespaceSelector() == null
                                && one.getIpBlock() == null
                                && matches(
                                    one.getPodSelector().getMatchLabels(),
                                    other.getMetadata().getLabels()));
        boolean covered =
            opening.ports().isEmpty()
                || opening.ports().stream().anyMatch(one -> covers(one.getPort(), port));
        if (peer && covered) {
          return true;
        }
      }
    }
    return !limited;
  }

  /** What leads out of the namespace or comes into it. */
  private static Set<String> outside(
      List<NetworkPolicy> policies, String name, PodTemplateSpec pod) {
    Set<String> arrows = new TreeSet<>();
    for (boolean in : new boolean[] {true, false}) {
      for (NetworkPolicy policy : policies) {
        if (!applies(policy, pod, in)) {
          continue;
        }
        for (Opening opening : openings(policy, in)) {
          for (String other : strangers(opening)) {
            for (String at : numbers(opening, pod)) {
              arrows.add(in ? other + " -> " + name + ":" + at : name + " -> " + other + ":" + at);
            }
          }
        }
      }
    }
    return arrows;
  }

  /** No peer at all means everybody. */
  private static List<String> strangers(Opening opening) {
    if (opening.peers().isEmpty()) {
      return List.of("everybody");
    }
    return opening.peers().stream()
        .map(NetworkRules::stranger)
        .filter(other -> other != null && !other.equals(DNS))
        .toList();
  }

  /** No port at all means every one. */
  private static List<String> numbers(Opening opening, PodTemplateSpec pod) {
    return opening.ports().isEmpty()
        ? List.of("every port")
        : opening.ports().stream().map(port -> number(port.getPort(), pod)).toList();
  }

  private static String stranger(NetworkPolicyPeer peer) {
    if (peer.getIpBlock() != null) {
      String block = peer.getIpBlock().getCidr();
      boolean withinReach =
          block.endsWith("/0") && !peer.getIpBlock().getExcept().containsAll(PRIVATE);
      return withinReach ? block + " with what is private" : block;
    }
    if (peer.getNamespaceSelector() == null) {
      return null;
    }
    return peer.getNamespaceSelector()
        .getMatchLabels()
        .getOrDefault("kubernetes.io/metadata.name", "every namespace");
  }

  private static String number(IntOrString port, PodTemplateSpec pod) {
    if (port.getIntVal() != null) {
      return port.getIntVal().toString();
    }
    return ports(pod).stream()
        .filter(one -> one.getName().equals(port.getStrVal()))
        .map(one -> one.getContainerPort().toString())
        .findFirst()
        .orElse(port.getStrVal());
  }

  private static boolean applies(NetworkPolicy policy, PodTemplateSpec pod, boolean in) {
    return policy.getSpec().getPolicyTypes().contains(in ? "Ingress" : "Egress")
        && matches(
            policy.getSpec().getPodSelector().getMatchLabels(), pod.getMetadata().getLabels());
  }

  private static boolean matches(Map<String, String> selector, Map<String, String> labels) {
    return selector == null || labels.entrySet().containsAll(selector.entrySet());
  }

  private static boolean covers(IntOrString allowed, ContainerPort port) {
    return allowed == null
        || port.getContainerPort().equals(allowed.getIntVal())
        || port.getName().equals(allowed.getStrVal());
  }

  private record Opening(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {}

  private static List<Opening> openings(NetworkPolicy policy, boolean in) {
    return in
        ? policy.getSpec().getIngress().stream()
            .map(one -> new Opening(one.getFrom(), one.getPorts()))
            .toList()
        : policy.getSpec().getEgress().stream()
            .map(one -> new Opening(one.getTo(), one.getPorts()))
            .toList();
  }
}
