package io.siyu.mall.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siyu.mall.local.Platform;
import io.siyu.mall.local.Platform.Status;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is up. */
@Command(
    name = "status",
    description = "What is up: name, address, health, process, memory.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Option(names = "--json", description = "As one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws JsonProcessingException {
    List<Status> all = new Platform(common.platform()).status();
    if (json) {
      System.out.println(new ObjectMapper().writeValueAsString(all));
    } else {
      System.out.println(row("component", "address", "health", "pid", "MiB"));
      for (Status one : all) {
        String pid = one.pid() == null ? "" : one.pid().toString();
        String memory = one.pid() == null ? "" : Long.toString(one.rssMiB());
        System.out.println(row(one.name(), one.address(), one.health(), pid, memory));
      }
    }
    return 0;
  }

  private static String row(String name, String address, String health, String pid, String mib) {
    return String.format("%-13s %-26s %-9s %8s %6s", name, address, health, pid, mib);
  }
}
