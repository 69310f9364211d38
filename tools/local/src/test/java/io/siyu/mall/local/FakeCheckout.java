package io.siyu.mall.local;

import io.siyu.mall.local.process.Ports;
import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.start.Stopper;
import io.siyu.mall.local.topology.Addresses;
import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A checkout with two modules that can be run, {@code services/catalog} and {@code tools/sandbox},
 * whose build is quick: everything that runs from it is a real process, the database is the real
 * one. The sandbox needs no database, so tests that need none use it.
 */
public final class FakeCheckout implements AutoCloseable {

  private static final String POM =
      "<project><artifactId>mall-parent</artifactId><modules>"
          + "<module>proto</module><module>services/catalog</module>"
          + "<module>tools/sandbox</module></modules></project>";
  private static final String PROTO = "<project><artifactId>mall-proto</artifactId></project>";
  private static final String SANDBOX = "<project><artifactId>mall-sandbox</artifactId></project>";
  private static final String CATALOG =
      "<project><artifactId>mall-catalog</artifactId><dependencies><dependency>"
          + "<groupId>io.siyu.mall</groupId><artifactId>mall-proto</artifactId>"
          + "</dependency></dependencies></project>";
  private static final String MVNW =
      """
      #!/bin/sh
      cd "$(dirname "$0")"
      echo "$@" >> builds
      if [ -f hang ]; then exec tail -f /dev/null; fi
      if [ -f unbuildable ]; then echo "[ERROR] Catalog.java:[7,1] ';' expected"; exit 1; fi
      mkdir -p services/catalog/target/quarkus-app tools/sandbox/target
      cp service.jar services/catalog/target/quarkus-app/quarkus-run.jar
      cp proto/src/main/proto/catalog.proto services/catalog/target/quarkus-app/contract
      cp service.jar tools/sandbox/target/mall-sandbox.jar
      """;

  private final Path root;
  private final int portOffset = freeOffset();

  /** Lays the checkout out in an empty directory. */
  public FakeCheckout(Path root) throws IOException {
    this.root = root;
    write("pom.xml", POM);
    write("proto/pom.xml", PROTO);
    write("proto/src/main/proto/catalog.proto", "");
    write("services/catalog/pom.xml", CATALOG);
    write("services/catalog/src/main/java/Catalog.java", "");
    write("tools/sandbox/pom.xml", SANDBOX);
    write("tools/sandbox/src/main/java/Sandbox.java", "");
    write("mvnw", MVNW);
    root.resolve("mvnw").toFile().setExecutable(true);
    Files.createDirectories(Fixtures.cache());
    Files.createDirectories(root.resolve(".mall"));
    Files.createSymbolicLink(root.resolve(".mall/cache"), Fixtures.cache());
    serviceJar(root.resolve("service.jar"));
  }

  /** The state directory. */
  public Path state() {
    return root.resolve(".mall");
  }

  /** Added to all ports; chosen so that all are free. */
  public int portOffset() {
    return portOffset;
  }

  /** The port where a component tells of its health here. */
  public int port(String component) {
    return new Addresses(portOffset)
        .managementPort(Topology.standard().find(component).orElseThrow());
  }

  /** Its processes. */
  public Processes processes() {
    return new Processes(state(), state().resolve("run"));
  }

  /** The process id of a component that runs. */
  public long pid(String component) {
    return processes().find(component).orElseThrow().pid();
  }

  /** What Maven was called with, call by call. */
  public List<String> buildCommands() throws IOException {
    return Files.readAllLines(root.resolve("builds"));
  }

  /** How often Maven was called. */
  public int builds() throws IOException {
    Path calls = root.resolve("builds");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** Writes a file below the root. */
  public void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** Removes a file below the root. */
  public void remove(String file) throws IOException {
    Files.delete(root.resolve(file));
  }

  /** Makes a file newer than everything that was built. */
  public void touch(String file) throws IOException {
    Files.setLastModifiedTime(root.resolve(file), FileTime.from(Instant.now().plusSeconds(2)));
  }

  /** Starts a command of {@code ./mall} as a process of its own. */
  public Process begin(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Dmall.root=" + root));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.siyu.mall.local.cli.Main");
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MALL_PORT_OFFSET", Integer.toString(portOffset));
    builder.environment().remove("MALL_STATE");
    return builder.start();
  }

  /** Runs a command of {@code ./mall} to its end. */
  public Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = begin(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor(10, TimeUnit.SECONDS);
    return new Ended(process.exitValue(), output);
  }

  /** A command that has ended, with all it printed. */
  public record Ended(int exit, String output) {}

  @Override
  public void close() throws IOException {
    new Stopper(processes()).stopAll();
    Files.deleteIfExists(root.resolve(".mall/cache"));
  }

  private static void serviceJar(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
    String name = FakeService.class.getName().replace('.', '/') + ".class";
    Path part = jar.resolveSibling("service.jar.part");
    try (OutputStream out = Files.newOutputStream(part);
        JarOutputStream entries = new JarOutputStream(out, manifest);
        InputStream in = FakeService.class.getClassLoader().getResourceAsStream(name)) {
      entries.putNextEntry(new JarEntry(name));
      in.transferTo(entries);
      entries.closeEntry();
    }
    Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int freeOffset() {
    while (true) {
      int offset = ThreadLocalRandom.current().nextInt(12_000, 18_000);
      boolean free = true;
      for (Component component : Topology.standard().components()) {
        free &= Ports.isFree(component.httpPort() + offset);
        free &= component.grpcPort() == 0 || Ports.isFree(component.grpcPort() + offset);
        free &=
            component.managementPort() == 0 || Ports.isFree(component.managementPort() + offset);
      }
      if (free) {
        return offset;
      }
    }
  }
}
