package io.siyu.mall.local.cli;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.start.Preflight;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The command line behind {@code ./mall}. */
@Command(
    name = "mall",
    description = "Siyu Mall on one machine.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      TestCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      DownCommand.class,
      ResetCommand.class,
      ReconcileCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      FuzzCommand.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private static final long FULL_MIB = 50;

  private Main() {}

  /** Runs one command; the exit code is 0 if it did what it says. */
  public static void main(String[] arguments) {
    // Goods are Chinese, whatever the locale of the machine.
    System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler((failure, command, parsed) -> tell(failure));
    if (arguments.length == 0) {
      commands.usage(System.out);
      System.exit(CommandLine.ExitCode.USAGE);
    }
    System.exit(commands.execute(arguments));
  }

  private static int tell(Exception failure) {
    System.err.println("mall: " + sentence(failure));
    if (System.getenv("MALL_TRACE") != null) {
      failure.printStackTrace();
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String sentence(Exception failure) {
    Path root = Path.of(System.getProperty(CommonOptions.ROOT, ""));
    if (saysDiskFull(failure) || Preflight.roomMiB(root.toAbsolutePath()) < FULL_MIB) {
      return "The disk is full; make room and run the command again.";
    }
    if (failure instanceof LocalException) {
      return failure.getMessage();
    }
    return "Failed unexpectedly: " + failure + " (MALL_TRACE=1 shows where).";
  }

  private static boolean saysDiskFull(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (String.valueOf(at.getMessage()).contains("No space left on device")) {
        return true;
      }
    }
    return false;
  }
}
