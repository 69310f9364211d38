package io.siyu.mall.local.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays the story. */
@Command(
    name = "demo",
    description = "Play the whole story against the platform, which is started if need be.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    return new Tool("tools/e2e", "io.siyu.mall.e2e.Demo")
        .run(common.platform(), json ? List.of("--json") : List.of(), System.err);
  }
}
