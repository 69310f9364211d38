package io.siyu.mall.local.cli;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.Tail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a log. */
@Command(
    name = "logs",
    description = "The end of a component's log.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(
      names = {"-n", "--lines"},
      description = "How many lines (default 200).")
  private int lines = 200;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until interrupted.")
  private boolean follow;

  @Parameters(paramLabel = "NAME", description = "A component, or build or test.")
  private String name;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Layout layout = common.platform().layout();
    Path log = layout.log(name);
    if (!Files.exists(log)) {
      throw new LocalException("There is no log of " + name + "; there are " + known(layout) + ".");
    }
    if (follow) {
      return new ProcessBuilder("tail", "-n", "" + lines, "-F", log.toString())
          .inheritIO()
          .start()
          .waitFor();
    }
    System.out.println(Tail.of(log, lines));
    return 0;
  }

  private static String known(Layout layout) throws IOException {
    if (!Files.isDirectory(layout.logs())) {
      return "none yet";
    }
    try (Stream<Path> logs = Files.list(layout.logs())) {
      return logs.map(log -> log.getFileName().toString().replace(".log", ""))
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }
}
