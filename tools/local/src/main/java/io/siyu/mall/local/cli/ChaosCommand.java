package io.siyu.mall.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills components under load. */
@Command(
    name = "chaos",
    description =
        "Order and pay while services and the database are killed, then count what is left.",
    mixinStandardHelpOptions = true)
final class ChaosCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--kills", description = "How many components are killed (default 5).")
  private int kills = 5;

  @Option(names = "--orders", description = "How many orders are placed meanwhile (default 60).")
  private int orders = 60;

  @Option(names = "--seed", description = "Of all that is random; told at the beginning.")
  private Long seed;

  @Option(names = "--json", description = "Ends with one line of JSON in any case.")
  private boolean json;

  @Override
  public Integer call() {
    List<String> arguments =
        new ArrayList<>(
            List.of("--kills", Integer.toString(kills), "--orders", Integer.toString(orders)));
    if (seed != null) {
      arguments.addAll(List.of("--seed", seed.toString()));
    }
    return new Tool("tools/e2e", "io.siyu.mall.e2e.chaos.Chaos")
        .run(common.platform(), arguments, System.err);
  }
}
