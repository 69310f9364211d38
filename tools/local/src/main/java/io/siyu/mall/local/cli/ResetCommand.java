package io.siyu.mall.local.cli;

import io.siyu.mall.local.Platform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets everything. */
@Command(
    name = "reset",
    description = "Stop everything and forget all data; unpacked programs are kept.",
    mixinStandardHelpOptions = true)
final class ResetCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    new Platform(common.platform()).reset();
    System.out.println("All data is forgotten, nothing is running.");
    return 0;
  }
}
