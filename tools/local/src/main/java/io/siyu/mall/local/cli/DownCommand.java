package io.siyu.mall.local.cli;

import io.siyu.mall.local.Platform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the platform. */
@Command(
    name = "down",
    description = "Stop everything; data is kept.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    int stopped = new Platform(common.platform()).down();
    System.out.println(stopped == 0 ? "Nothing was running." : "Stopped, nothing is running.");
    return 0;
  }
}
