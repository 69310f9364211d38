package io.siyu.mall.local.build;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.Tail;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The Maven wrapper of the checkout, run as a child process with its noise in a log. */
public final class Maven {

  private final Path root;
  private final Map<String, String> mark;

  /**
   * @param root root of the checkout
   * @param mark variables by which a Maven left behind by a killed command is found again
   */
  public Maven(Path root, Map<String, String> mark) {
    this.root = root;
    this.mark = mark;
  }

  /** The variables by which children of a killed command are found again. */
  public Map<String, String> mark() {
    return mark;
  }

  /** Fetches an artifact ({@code group:artifact:version:type}) into a directory. */
  public void copyArtifact(String artifact, Path into) {
    Path log = into.resolve("download.log");
    int exit =
        run(
            List.of(
                "-N",
                "dependency:copy",
                "-Dartifact=" + artifact,
                "-DoutputDirectory=" + into,
                "-Dmdep.overWriteReleases=false"),
            log,
            line -> {});
    if (exit != 0) {
      throw new LocalException("Cannot fetch " + artifact + ":\n" + Tail.of(log, 8));
    }
  }

  /**
   * Runs Maven in the root of the checkout.
   *
   * @param log takes all output, anew
   * @param lines sees each line as it comes
   * @return Maven's exit code
   */
  public int run(List<String> arguments, Path log, Consumer<String> lines) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("mvnw").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(root.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .putIfAbsent("MAVEN_OPTS", "-Xmx1g -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m");
    builder.environment().putAll(mark);
    builder.redirectErrorStream(true);
    try {
      Files.createDirectories(log.getParent());
      Process process = builder.start();
      process.getOutputStream().close();
      follow(process, log, lines);
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while Maven was running.", interrupted);
    }
  }

  private static void follow(Process process, Path log, Consumer<String> lines) throws IOException {
    try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer writer = Files.newBufferedWriter(log)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        writer.write(line);
        writer.write('\n');
        writer.flush();
        lines.accept(line);
      }
    }
  }
}
