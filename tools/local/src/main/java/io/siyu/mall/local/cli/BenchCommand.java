package io.siyu.mall.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a benchmark. */
@Command(
    name = "bench",
    description = "Measure the running platform against a floor, in one run.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "The benchmark, and after -- options of its own.")
  private List<String> arguments;

  @Override
  public Integer call() {
    List<String> all = new ArrayList<>(arguments);
    if (json) {
      all.add("--json");
    }
    return new Tool("tools/bench", "io.siyu.mall.bench.Bench")
        .run(common.platform(), all, System.err);
  }
}
