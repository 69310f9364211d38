package io.siyu.mall.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends nonsense to the public API. */
@Command(
    name = "fuzz",
    description = "Send requests made from the OpenAPI documents, mostly wrong, as every caller.",
    mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--requests", description = "How many per audience (default 300).")
  private int requests = 300;

  @Option(names = "--seed", description = "Of all that is random; told at the beginning.")
  private Long seed;

  @Option(names = "--json", description = "Ends with one line of JSON in any case.")
  private boolean json;

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("--requests", Integer.toString(requests)));
    if (seed != null) {
      arguments.addAll(List.of("--seed", seed.toString()));
    }
    return new Tool("tools/e2e", "io.siyu.mall.e2e.fuzz.Fuzz")
        .run(common.platform(), arguments, System.err);
  }
}
