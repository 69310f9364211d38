package io.siyu.mall.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The image of one component, built as {@code k8s/images/build} builds all of them, but on nothing
 * and without the network. The build runs in a copy of the sources, away from what the other
 * modules are doing in theirs.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTest {

  private static final Path WORK = Kubectl.K8S.resolve("target/image-test");
  private static final Path UNPACKED = WORK.resolve("unpacked");

  /** The pages of the gateway are built and tested elsewhere. */
  private static final String MAVEN_ARGS = "-Dexec.skip=true -Dspotless.check.skip=true";

  private JsonNode manifest;
  private JsonNode config;
  private final List<String> files = new ArrayList<>();

  @BeforeAll
  void build() throws IOException, InterruptedException {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")) && Files.isExecutable(Path.of("/usr/bin/env")),
        "images are built by shell scripts");
    delete(WORK);
    Path source = WORK.resolve("source");
    copyPoms(source);
    for (String part : List.of("mvnw", ".mvn", "proto", "gateway", "k8s/images")) {
      copy(Kubectl.ROOT.resolve(part), source.resolve(part));
    }
    run(
        source,
        WORK.resolve("build.log"),
        source.resolve("k8s/images/build").toString(),
        "--base",
        "scratch",
        "--tag",
        "test",
        "--out",
        WORK.toString(),
        "--offline",
        "gateway");
    Files.createDirectories(UNPACKED);
    run(UNPACKED, WORK.resolve("tar.log"), "tar", "-xf", WORK.resolve("gateway.tar").toString());
    ObjectMapper json = new ObjectMapper();
    manifest = json.readTree(UNPACKED.resolve("manifest.json").toFile()).get(0);
    config = json.readTree(UNPACKED.resolve(manifest.get("Config").asText()).toFile());
    for (JsonNode layer : manifest.get("Layers")) {
      Path list = UNPACKED.resolve(layer.asText() + ".list");
      run(UNPACKED, list, "tar", "-tzf", layer.asText());
      files.addAll(Files.readAllLines(list));
    }
  }

  @Test
  void hasANameAndLabels() {
    assertThat(manifest.get("RepoTags").get(0).asText()).isEqualTo("siyu-mall/gateway:test");
    JsonNode labels = config.get("config").get("Labels");
    assertThat(labels.get("org.opencontainers.image.title").asText())
        .isEqualTo("siyu-mall/gateway");
    assertThat(labels.get("org.opencontainers.image.revision").asText()).isEqualTo("test");
    assertThat(labels.get("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
  }

  @Test
  void runsAsNobodyInParticular() {
    JsonNode own = config.get("config");
    assertThat(own.get("User").asText()).isEqualTo("10001:10001");
    assertThat(own.get("WorkingDir").asText()).isEqualTo("/opt/mall");
    assertThat(own.get("Entrypoint"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "java",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-jar",
            "quarkus-run.jar");
  }

  @Test
  void keepsLibrariesApartFromWhatChanges() {
    List<String> layers = new ArrayList<>();
    config.get("history").forEach(one -> layers.add(one.get("comment").asText()));
    assertThat(layers)
        .containsExactly(
            "fast-jar-boot-libs",
            "fast-jar-normal-libs",
            "fast-jar-changing-libs",
            "fast-jar-run",
            "fast-jar-quarkus-app",
            "fast-jar-quarkus");
    assertThat(manifest.get("Layers")).hasSize(layers.size());
  }

  @Test
  void holdsTheProgramAndNothingElse() {
    assertThat(files)
        .contains("opt/mall/quarkus-run.jar", "opt/mall/app/mall-gateway-1.0.0-SNAPSHOT.jar")
        .allMatch(file -> file.equals("opt/") || file.startsWith("opt/mall/"))
        .noneMatch(file -> file.matches(".*(junit|rest-assured|sandbox|mariadb).*"))
        .noneMatch(file -> file.endsWith(".pem") || file.endsWith(".env"));
  }

  /** What can move business time is not in it, though the build was told of no profile. */
  @Test
  void isForProduction() throws IOException, InterruptedException {
    for (JsonNode layer : manifest.get("Layers")) {
      run(UNPACKED, WORK.resolve("layer.log"), "tar", "-xzf", layer.asText());
    }
    try (JarFile beans =
        new JarFile(UNPACKED.resolve("opt/mall/quarkus/generated-bytecode.jar").toFile())) {
      assertThat(beans.stream().map(ZipEntry::getName))
          .anyMatch(name -> name.contains("/admin/ReconciliationResource_Bean"))
          .noneMatch(name -> name.contains("/admin/Clock"));
    }
  }

  @Test
  void whatIsPushedIsNamedByItsDigest() throws IOException, InterruptedException {
    Path source = WORK.resolve("source");
    try (Registry registry = new Registry(WORK.resolve("registry"))) {
      // Insecure: nobody knows its certificate.
      run(
          source,
          WORK.resolve("push.log"),
          Map.of("MAVEN_ARGS", MAVEN_ARGS + " -o -Dquarkus.container-image.insecure=true"),
          source.resolve("k8s/images/build").toString(),
          "--base",
          "scratch",
          "--tag",
          "test",
          "--out",
          WORK.resolve("pushed").toString(),
          "--push",
          registry.address(),
          "gateway");
      assertThat(registry.manifests()).containsOnlyKeys("siyu-mall/gateway:test");
      assertThat(Files.readAllLines(WORK.resolve("pushed/digests")))
          .containsExactly(
              "siyu-mall/gateway="
                  + registry.address()
                  + "/siyu-mall/gateway@"
                  + registry.manifests().get("siyu-mall/gateway:test"));
    }
  }

  @Test
  void whatIsPushedStandsOnADigest() {
    for (String base :
        List.of(
            "docker.io/library/eclipse-temurin:25-jre",
            "eclipse-temurin@sha256:25",
            "eclipse-temurin:25-jre@sha256:" + "g".repeat(64))) {
      assertThatThrownBy(
              () ->
                  run(
                      WORK.resolve("source"),
                      WORK.resolve("unpinned.log"),
                      WORK.resolve("source/k8s/images/build").toString(),
                      "--base",
                      base,
                      "--push",
                      "registry.example.com",
                      "gateway"))
          .hasMessageContaining("must stand on a digest");
    }
  }

  private static void copyPoms(Path to) throws IOException {
    copy(Kubectl.ROOT.resolve("pom.xml"), to.resolve("pom.xml"));
    Matcher module =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(Kubectl.ROOT.resolve("pom.xml")));
    while (module.find()) {
      copy(
          Kubectl.ROOT.resolve(module.group(1)).resolve("pom.xml"),
          to.resolve(module.group(1)).resolve("pom.xml"));
    }
  }

  /** Copies a file or a folder, with what was compiled: only what is newer is compiled again. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean skipped =
                List.of("web", "node_modules", "quarkus-app", "image", "surefire-reports")
                    .contains(name);
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path target = from.equals(file) ? to : to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(
                file,
                target,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void run(Path in, Path output, String... command)
      throws IOException, InterruptedException {
    run(in, output, Map.of("MAVEN_ARGS", MAVEN_ARGS), command);
  }

  private static void run(Path in, Path output, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectOutput(output.toFile())
            .redirectError(output.resolveSibling(output.getFileName() + ".err").toFile());
    builder
        .environment()
        .putIfAbsent(
            "MAVEN_OPTS", "-Xmx700m -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(
            String.join(" ", command)
                + " failed:\n"
                + Files.readString(output)
                + Files.readString(output.resolveSibling(output.getFileName() + ".err")));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path one, IOException failure)
              throws IOException {
            Files.delete(one);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
