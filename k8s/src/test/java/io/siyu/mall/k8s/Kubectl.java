package io.siyu.mall.k8s;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Renders overlays with {@code kubectl kustomize} and reads them with typed models. */
final class Kubectl {

  static final Path ROOT = Path.of(System.getProperty("mall.root", "..")).toAbsolutePath();
  static final Path K8S = ROOT.resolve("k8s");
  static final List<String> OVERLAYS = List.of("local", "staging", "production");

  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  static {
    YAML.registerKubernetesResource(ExternalSecret.class);
  }

  private Kubectl() {}

  /** A fresh copy of an overlay's objects; skips the test where there is no kubectl. */
  static Cluster overlay(String name) {
    List<HasMetadata> objects = new ArrayList<>(parse(rendered(name)));
    if (name.equals("local")) {
      objects.addAll(
          parse(RENDERED.computeIfAbsent("secrets", x -> run("overlays/local/secrets"))));
    }
    return new Cluster(name, objects);
  }

  /** What {@code kubectl kustomize} prints. */
  static String rendered(String overlay) {
    assumeTrue(onPath("kubectl"), "there is no kubectl on this machine: manifests unchecked");
    return RENDERED.computeIfAbsent(
        overlay, name -> run("kubectl", "kustomize", "overlays/" + name));
  }

  static List<HasMetadata> parse(String yaml) {
    List<HasMetadata> objects = new ArrayList<>();
    for (String document : yaml.split("(?m)^---$")) {
      if (!document.isBlank()) {
        KubernetesResource object = YAML.unmarshal(document);
        objects.add((HasMetadata) object);
      }
    }
    return objects;
  }

  private static boolean onPath(String program) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static String run(String... command) {
    try {
      Path errors = Files.createTempFile("kubectl", ".err");
      if (command[0].contains("/")) {
        command[0] = K8S.resolve(command[0]).toString();
      }
      Process process =
          new ProcessBuilder(command)
              .directory(K8S.toFile())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + " failed: " + Files.readString(errors));
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
