package io.siyu.mall.local;

import io.siyu.mall.local.build.Builds;
import io.siyu.mall.local.build.Maven;
import io.siyu.mall.local.catalog.SampleCatalog;
import io.siyu.mall.local.keycloak.KeycloakDistribution;
import io.siyu.mall.local.process.Os;
import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.process.Processes.Running;
import io.siyu.mall.local.process.RunLock;
import io.siyu.mall.local.process.Trees;
import io.siyu.mall.local.start.Health;
import io.siyu.mall.local.start.Preflight;
import io.siyu.mall.local.start.StartOrder;
import io.siyu.mall.local.start.Starter;
import io.siyu.mall.local.start.Stopper;
import io.siyu.mall.local.topology.Addresses;
import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole platform on this machine: database, Keycloak, sandbox, services and gateway, as
 * ordinary processes that outlive the program that started them. Behind {@code ./mall}, and a
 * library for tests that need a running platform:
 *
 * <pre>{@code
 * Platform platform = Platform.up(
 *     PlatformOptions.of(root).withState(state).withPortOffset(20000));
 * ... platform.endpoints().gateway() ...
 * platform.down();
 * }</pre>
 */
public final class Platform {

  private static final String BUILD = "build";

  private final PlatformOptions options;
  private final Layout layout;
  private final Addresses addresses;
  private final Processes processes;

  /** A platform that may or may not run. */
  public Platform(PlatformOptions options) {
    this.options = options;
    this.layout = options.layout();
    this.addresses = new Addresses(options.portOffset());
    this.processes = new Processes(layout.state(), layout.run());
  }

  /**
   * What is known about a component.
   *
   * @param address where it listens
   * @param health {@code up}, {@code starting} (runs but does not answer yet) or {@code down}
   * @param pid its process id, null if it does not run
   * @param rssMiB its resident memory
   */
  public record Status(String name, String address, String health, Long pid, long rssMiB) {}

  /**
   * Where a running platform is reached.
   *
   * @param apiPages the gateway's API pages
   * @param databasePort port of the database on the loopback address
   * @param secrets file with the generated passwords
   */
  public record Endpoints(
      String gateway,
      String apiPages,
      String sandbox,
      String keycloak,
      int databasePort,
      Path secrets) {}

  /** Brings a platform up and returns when all of it is healthy. */
  public static Platform up(PlatformOptions options) {
    Platform platform = new Platform(options);
    platform.up();
    return platform;
  }

  /**
   * Builds what is stale, starts what does not run, restarts what runs from an older build.
   *
   * @throws LocalException in one sentence why not; what this call has started is stopped again
   */
  public void up() {
    try (RunLock lock = RunLock.take(layout.lock(), "up")) {
      new Stopper(processes).stop(Set.of(BUILD));
      if (options.fresh()) {
        forgetAll();
      }
      Topology part = options.topology().only(options.only());
      Preflight preflight = new Preflight(layout, addresses);
      preflight.disk();
      preflight.ports(notRunning(part));
      build(part);
      start(part);
      if (options.sampleCatalog()) {
        SampleCatalog.importInto(this, options.progress());
      }
    }
  }

  /**
   * Ends every process of the platform.
   *
   * @return how many there were
   */
  public int down() {
    try (RunLock lock = RunLock.take(layout.lock(), "down")) {
      return new Stopper(processes).stopAll();
    }
  }

  /** Ends every process and forgets all data; keeps unpacked programs. */
  public void reset() {
    try (RunLock lock = RunLock.take(layout.lock(), "reset")) {
      forgetAll();
    }
  }

  /** What runs, in the order of the table. */
  public List<Status> status() {
    List<Running> running = processes.all();
    return options.topology().components().parallelStream()
        .map(component -> status(component, running))
        .toList();
  }

  /** Where the platform is reached. */
  public Endpoints endpoints() {
    return new Endpoints(
        url(Topology.GATEWAY),
        options
            .topology()
            .find(Topology.GATEWAY)
            .map(gateway -> addresses.managementUrl(gateway) + "/q/swagger-ui")
            .orElse(""),
        url(Topology.SANDBOX),
        url(Topology.IDENTITY),
        options.topology().find(Topology.DATABASE).map(addresses::port).orElse(0),
        layout.secrets());
  }

  /** What this platform is. */
  public PlatformOptions options() {
    return options;
  }

  private String url(String name) {
    return options.topology().find(name).map(addresses::url).orElse("");
  }

  private Status status(Component component, List<Running> running) {
    Optional<Running> process =
        running.stream().filter(one -> one.name().equals(component.name())).findFirst();
    return new Status(
        component.name(),
        addresses.address(component),
        process.isEmpty() ? "down" : isUp(component) ? "up" : "starting",
        process.map(Running::pid).orElse(null),
        process.map(one -> Os.residentMiB(one.pid())).orElse(0L));
  }

  private boolean isUp(Component component) {
    return component.kind() == Component.Kind.DATABASE || Health.isUp(addresses.ready(component));
  }

  private List<Component> notRunning(Topology part) {
    Set<String> running = new HashSet<>();
    processes.all().forEach(one -> running.add(one.name()));
    return part.components().stream().filter(one -> !running.contains(one.name())).toList();
  }

  private void build(Topology part) {
    List<String> modules =
        part.components().stream().map(Component::module).filter(one -> !one.isEmpty()).toList();
    if (!modules.isEmpty()) {
      build(modules);
    }
  }

  /** Builds those of the modules that are stale. */
  public void build(List<String> modules) {
    Builds builds = new Builds(layout.root(), maven(), layout.log(BUILD));
    List<String> stale = builds.stale(modules);
    if (!stale.isEmpty()) {
      options.progress().doing("building " + String.join(", ", stale));
      long begin = System.nanoTime();
      builds.build(stale);
      options
          .progress()
          .done(BUILD, String.join(", ", stale), Duration.ofNanos(System.nanoTime() - begin));
    }
  }

  private void start(Topology part) {
    Starter starter =
        new Starter(
            layout,
            options.topology(),
            addresses,
            processes,
            new KeycloakDistribution(layout.cache(), maven()),
            options.progress());
    Thread undo = new Thread(() -> undo(starter));
    Runtime.getRuntime().addShutdownHook(undo);
    try {
      StartOrder.run(part, starter::ensure);
    } catch (RuntimeException failed) {
      undo(starter);
      throw failed;
    } finally {
      forget(undo);
    }
  }

  private void undo(Starter starter) {
    new Stopper(processes).stop(Set.copyOf(starter.started()));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      return;
    }
  }

  private Maven maven() {
    return new Maven(layout.root(), processes.mark(BUILD, ""));
  }

  private void forgetAll() {
    new Stopper(processes).stopAll();
    Set<Path> kept = Set.of(layout.cache(), layout.lock(), layout.state().resolve("launcher"));
    try (Stream<Path> entries = Files.list(layout.state())) {
      for (Path entry : entries.filter(one -> !kept.contains(one)).toList()) {
        Trees.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
