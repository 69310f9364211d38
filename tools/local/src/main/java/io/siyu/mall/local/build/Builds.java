package io.siyu.mall.local.build;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.Tail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Builds the modules whose sources are newer than what was built from them. */
public final class Builds {

  private static final String STAMP = "target/mall-built";

  /** A build that says nothing is one for production; see the root pom. */
  private static final String PROFILE = "-Dmall.profile=local";

  private final Path root;
  private final Reactor reactor;
  private final Maven maven;
  private final Path log;

  /**
   * @param root root of the checkout
   * @param maven runs the builds
   * @param log takes Maven's output
   */
  public Builds(Path root, Maven maven, Path log) {
    this.root = root;
    this.reactor = new Reactor(root);
    this.maven = maven;
    this.log = log;
  }

  /** What is started from a module. */
  public static Path artifact(Path root, String module) {
    Path target = root.resolve(module).resolve("target");
    return isProgram(module)
        ? target.resolve("quarkus-app/quarkus-run.jar")
        : target.resolve("mall-" + module.substring("tools/".length()) + ".jar");
  }

  /** True for what is built for a profile; tools are the same in all. */
  private static boolean isProgram(String module) {
    return !module.startsWith("tools/");
  }

  /** Those of the modules that must be built before they can be started. */
  public List<String> stale(Collection<String> modules) {
    return modules.stream().filter(this::isStale).toList();
  }

  /**
   * Builds modules and what they are built from, without tests.
   *
   * @throws LocalException with the end of Maven's output if the build fails
   */
  public void build(Collection<String> modules) {
    List<String> arguments =
        List.of("-T2", "-DskipTests", PROFILE, "-pl", String.join(",", modules), "-am", "package");
    if (maven.run(arguments, log, line -> {}) != 0) {
      throw new LocalException("The build failed, see " + log + ":\n" + errors());
    }
    modules.forEach(this::stamp);
  }

  private String errors() {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> errors = lines.filter(line -> line.startsWith("[ERROR]")).limit(12).toList();
      return errors.isEmpty() ? Tail.of(log, 12) : String.join("\n", errors);
    } catch (IOException unreadable) {
      return Tail.of(log, 12);
    }
  }

  private boolean isStale(String module) {
    if (!reactor.modules().contains(module)) {
      throw new LocalException("The module " + module + " is not in this checkout.");
    }
    Path artifact = artifact(root, module);
    if (!Files.exists(artifact)) {
      return true;
    }
    FileTime stamped = modified(root.resolve(module).resolve(STAMP));
    FileTime written = modified(artifact);
    if (isProgram(module) && written.compareTo(stamped) > 0) {
      // Built by somebody else since, such as by ./mvnw package: not for this profile.
      return true;
    }
    return newestInput(module).compareTo(later(written, stamped)) > 0;
  }

  private FileTime newestInput(String module) {
    FileTime newest = modified(root.resolve("pom.xml"));
    for (String part : reactor.withUpstream(module)) {
      Path directory = root.resolve(part);
      newest = later(newest, modified(directory.resolve("pom.xml")));
      newest = later(newest, newestBelow(directory.resolve("src/main")));
    }
    return newest;
  }

  /** Directories count too: theirs is the only time that changes when a file is deleted. */
  private static FileTime newestBelow(Path directory) {
    if (!Files.isDirectory(directory)) {
      return FileTime.fromMillis(0);
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.map(Builds::modified).max(FileTime::compareTo).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Maven leaves an unchanged jar as it is; the stamp tells that it was looked at. */
  private void stamp(String module) {
    try {
      Files.writeString(root.resolve(module).resolve(STAMP), "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime later(FileTime one, FileTime other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException missing) {
      return FileTime.fromMillis(0);
    }
  }
}
