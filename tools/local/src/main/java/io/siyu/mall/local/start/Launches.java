package io.siyu.mall.local.start;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.process.Launch;
import io.siyu.mall.local.topology.Addresses;
import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.ServiceEnvironment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the programs that are built here are started. */
final class Launches {

  /**
   * One thread-local allocation arena less per thread, small heaps and the serial collector: six
   * JVMs share a small machine. See the README for the measurements.
   */
  private static final List<String> SERVICE_OPTIONS =
      List.of(
          "-Xms32m",
          "-Xmx160m",
          "-Xss512k",
          "-XX:+UseSerialGC",
          "-XX:ReservedCodeCacheSize=64m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

  private static final List<String> SANDBOX_OPTIONS =
      List.of("-Xms16m", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Layout layout;
  private final Addresses addresses;
  private final ServiceEnvironment environment;

  Launches(Layout layout, Addresses addresses, ServiceEnvironment environment) {
    this.layout = layout;
    this.addresses = addresses;
    this.environment = environment;
  }

  /** The sandbox, a service or the gateway. */
  Launch of(Component component, Path jar) {
    return component.isQuarkus() ? quarkus(component, jar) : sandbox(component, jar);
  }

  private Launch quarkus(Component component, Path jar) {
    Map<String, String> variables = environment.of(component);
    variables.put("MALLOC_ARENA_MAX", "2");
    return launch(component, SERVICE_OPTIONS, jar, variables);
  }

  private Launch sandbox(Component component, Path jar) {
    Map<String, String> variables =
        Map.of(
            "MALL_SANDBOX_PORT", Integer.toString(addresses.port(component)),
            "MALL_SANDBOX_KEYS", layout.keys().toString(),
            "MALL_SANDBOX_STATE", layout.sandbox().toString(),
            // The minute between two partial refunds, and the pauses between notifications, in a
            // hundredth of the time: nobody waits for them on a development machine.
            "MALL_SANDBOX_TIME_SCALE", "0.01",
            "MALLOC_ARENA_MAX", "2");
    return launch(component, SANDBOX_OPTIONS, jar, variables);
  }

  private Launch launch(
      Component component, List<String> options, Path jar, Map<String, String> variables) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(options);
    command.add("-jar");
    command.add(jar.toString());
    return new Launch(
        component.name(), command, variables, layout.log(component.name()), layout.state());
  }
}
