package io.siyu.mall.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measures the running platform; each benchmark compares with a floor of the same run. */
@Command(
    name = "bench",
    description = "Measure the running platform against a floor, in one run.",
    mixinStandardHelpOptions = true,
    subcommands = {Browse.class, Search.class, Orders.class, Cps.class, FlashSale.class})
public final class Bench {

  private Bench() {}

  /** Exits with 0 when the benchmark ran, whatever it measured. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench())
            .setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                  command.getErr().println("bench: " + failure.getMessage());
                  return 1;
                })
            .execute(args));
  }
}
