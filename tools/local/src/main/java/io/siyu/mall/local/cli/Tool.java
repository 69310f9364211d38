package io.siyu.mall.local.cli;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Platform;
import io.siyu.mall.local.Platform.Endpoints;
import io.siyu.mall.local.PlatformOptions;
import io.siyu.mall.local.build.Builds;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of this repository that is run against a platform: the demo, the benchmarks. */
final class Tool {

  private final String module;
  private final String mainClass;

  /**
   * @param module the module whose runnable jar holds the program
   * @param mainClass its main class
   */
  Tool(String module, String mainClass) {
    this.module = module;
    this.mainClass = mainClass;
  }

  /**
   * Brings the platform up if it is not, then runs the program.
   *
   * @param progress takes what happens on the way
   * @return the program's exit code
   */
  int run(PlatformOptions options, List<String> arguments, PrintStream progress) {
    Platform platform = new Platform(options.withProgress(new Steps(progress)));
    platform.up();
    platform.build(List.of(module));
    try {
      return new ProcessBuilder(command(platform, arguments))
          .directory(options.layout().root().toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted.", interrupted);
    }
  }

  private List<String> command(Platform platform, List<String> arguments) {
    Endpoints at = platform.endpoints();
    Path root = platform.options().layout().root();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.add("-Dfile.encoding=UTF-8");
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-Dstderr.encoding=UTF-8");
    command.add("-Dmall.root=" + root);
    command.add("-Dmall.state=" + platform.options().layout().state());
    command.add("-Dmall.port-offset=" + platform.options().portOffset());
    command.add("-Dmall.gateway.url=" + at.gateway());
    command.add("-Dmall.sandbox.url=" + at.sandbox());
    command.add("-Dmall.keycloak.url=" + at.keycloak());
    command.add("-Dmall.db.port=" + at.databasePort());
    command.add("-Dmall.secrets=" + at.secrets());
    command.add("-cp");
    command.add(Builds.artifact(root, module).toString());
    command.add(mainClass);
    command.addAll(arguments);
    return command;
  }
}
