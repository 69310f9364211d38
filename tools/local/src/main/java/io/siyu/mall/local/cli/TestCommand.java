package io.siyu.mall.local.cli;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.build.Maven;
import io.siyu.mall.local.mariadb.MariaDbDistribution;
import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.process.RunLock;
import io.siyu.mall.local.start.Stopper;
import io.siyu.mall.local.system.DebianPackages;
import io.siyu.mall.local.test.TestRun;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs every test. */
@Command(
    name = "test",
    description = "Run every test: unit, database, protocol, journeys.",
    mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

  private static final String BUILD = "build";

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    PrintStream out = System.out;
    Layout layout = common.platform().layout();
    // The lock of this state, because tests and `up` build into the same target directories.
    try (RunLock lock = RunLock.take(layout.lock(), "test")) {
      Processes processes = new Processes(layout.state(), layout.run());
      new Stopper(processes).stop(Set.of(BUILD));
      DebianPackages.ensureFor(
          MariaDbDistribution.unpacked(layout.cache()).program("bin/mariadbd"));
      Maven maven = new Maven(layout.root(), processes.mark(BUILD, ""));
      long begin = System.nanoTime();
      TestRun.Result result =
          new TestRun(layout.root(), maven, layout.log("test"), new Steps(out)).run();
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      tell(out, layout, result, took);
      return result.ok() ? 0 : 1;
    }
  }

  private static void tell(PrintStream out, Layout layout, TestRun.Result result, Duration took) {
    out.println();
    result.reports().failures().forEach(failure -> out.println("  ✗ " + failure));
    if (!result.built() && result.reports().failures().isEmpty()) {
      out.println("The build failed:");
      result.errors().stream().limit(15).forEach(out::println);
    }
    out.println("Took " + Steps.seconds(took) + "; the full log is " + layout.log("test"));
    out.println(result.reports().closingLine());
  }
}
