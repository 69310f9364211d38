package io.siyu.mall.local.cli;

import io.siyu.mall.local.Platform;
import io.siyu.mall.local.Platform.Endpoints;
import io.siyu.mall.local.PlatformOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings the platform up. */
@Command(
    name = "up",
    description = "Build what is stale, start everything, import sample goods. Harmless to repeat.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--fresh", description = "Forget all data first.")
  private boolean fresh;

  @Parameters(
      paramLabel = "NAME",
      description = "Only these components and what they need; everything if none is given.")
  private List<String> only = List.of();

  @Override
  public Integer call() {
    PrintStream out = System.out;
    PlatformOptions options = common.platform().withFresh(fresh).withOnly(only);
    long begin = System.nanoTime();
    Platform platform = Platform.up(options.withProgress(new Steps(out)));
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    out.println();
    if (only.isEmpty()) {
      tellAddresses(out, platform, took);
    } else {
      out.println("Up after " + Steps.seconds(took) + ".");
    }
    return 0;
  }

  private static void tellAddresses(PrintStream out, Platform platform, Duration took) {
    Endpoints at = platform.endpoints();
    out.println("Siyu Mall is up after " + Steps.seconds(took) + ".");
    out.println("  Gateway    " + at.gateway() + "   API pages: " + at.apiPages());
    out.println("  Keycloak   " + at.keycloak() + "   admin, password in " + at.secrets());
    out.println("  Sandbox    " + at.sandbox() + "   plays WeChat and WeChat Pay");
    out.println("  Staff      platform-admin, finance, mentor, auditor, brand-admin-CODE;");
    out.println("             the password is mall- and the name, e.g. mall-finance");
    out.println("  Next       ./mall demo · ./mall status · ./mall logs NAME · ./mall down");
  }
}
