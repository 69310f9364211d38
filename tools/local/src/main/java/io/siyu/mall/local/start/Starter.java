package io.siyu.mall.local.start;

import io.siyu.mall.local.Layout;
import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.Progress;
import io.siyu.mall.local.Secrets;
import io.siyu.mall.local.keycloak.KeycloakDistribution;
import io.siyu.mall.local.keycloak.KeycloakHome;
import io.siyu.mall.local.mariadb.MariaDbDistribution;
import io.siyu.mall.local.process.Launch;
import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.process.Processes.Running;
import io.siyu.mall.local.process.Tail;
import io.siyu.mall.local.system.DebianPackages;
import io.siyu.mall.local.topology.Addresses;
import io.siyu.mall.local.topology.Component;
import io.siyu.mall.local.topology.Component.Kind;
import io.siyu.mall.local.topology.ServiceEnvironment;
import io.siyu.mall.local.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Brings one component up: leaves it alone if it runs as it should, else starts it anew. */
public final class Starter {

  private static final Duration START_LIMIT = Duration.ofSeconds(100);
  private static final Duration ALREADY_UP_LIMIT = Duration.ofSeconds(20);

  private final Layout layout;
  private final Topology whole;
  private final Addresses addresses;
  private final Secrets secrets;
  private final Processes processes;
  private final KeycloakDistribution keycloak;
  private final Progress progress;
  private final Apps apps;
  private final Launches launches;
  private final Queue<String> started = new ConcurrentLinkedQueue<>();

  /**
   * @param whole the whole platform, also when only a part of it is started
   */
  public Starter(
      Layout layout,
      Topology whole,
      Addresses addresses,
      Processes processes,
      KeycloakDistribution keycloak,
      Progress progress) {
    this.layout = layout;
    this.whole = whole;
    this.addresses = addresses;
    this.secrets = Secrets.in(layout.secrets());
    this.processes = processes;
    this.keycloak = keycloak;
    this.progress = progress;
    this.apps = new Apps(layout);
    this.launches =
        new Launches(layout, addresses, new ServiceEnvironment(layout, whole, addresses, secrets));
  }

  /** Names of the components that this starter has started, so that a failed start can undo. */
  public Queue<String> started() {
    return started;
  }

  /**
   * Returns when the component is healthy.
   *
   * @throws LocalException with the end of its log if it does not become so
   */
  public void ensure(Component component) {
    long begin = System.nanoTime();
    boolean fresh = component.kind() == Kind.DATABASE ? database(component) : program(component);
    progress.done(
        component.name(),
        (fresh ? "up at " : "was up at ") + addresses.address(component),
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private boolean database(Component component) {
    DebianPackages.ensureFor(MariaDbDistribution.unpacked(layout.cache()).program("bin/mariadbd"));
    Database database = new Database(layout, secrets, processes, addresses.port(component));
    String name = component.name();
    Optional<Running> running = processes.find(name);
    boolean asItShould =
        running.map(Running::fingerprint).filter(database.fingerprint(name)::equals).isPresent();
    if (!asItShould) {
      processes.stop(name, Stopper.DATABASE_GRACE);
      started.add(name);
    }
    database.start(name, whole.services());
    note(name);
    return !asItShould;
  }

  private boolean program(Component component) {
    Path jar = component.kind() == Kind.IDENTITY ? null : apps.runnable(component);
    Launch launch =
        component.kind() == Kind.IDENTITY ? keycloak(component) : launches.of(component, jar);
    if (runsAsItShould(component, launch)) {
      return false;
    }
    processes.stop(component.name(), Stopper.GRACE);
    if (component.kind() == Kind.IDENTITY) {
      keycloakHome().prepare();
    } else {
      apps.forgetOthers(component, jar);
    }
    start(component, launch);
    return true;
  }

  private boolean runsAsItShould(Component component, Launch launch) {
    Optional<Running> running = processes.find(component.name());
    return running.filter(one -> one.fingerprint().equals(launch.fingerprint())).isPresent()
        && Health.await(
            addresses.ready(component),
            ProcessHandle.of(running.get().pid()).orElseThrow(),
            ALREADY_UP_LIMIT);
  }

  private void start(Component component, Launch launch) {
    try {
      started.add(component.name());
      Process process = processes.start(launch);
      if (!Health.await(addresses.ready(component), process.toHandle(), START_LIMIT)) {
        String how = process.isAlive() ? " did not become healthy" : " ended while it was starting";
        String why = Tail.cause(launch.log(), 15);
        throw new LocalException(component.name() + how + ", see " + launch.log() + ":\n" + why);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(component.name() + " cannot be started", e);
    }
  }

  private KeycloakHome keycloakHome() {
    return new KeycloakHome(layout.keycloak(), keycloak.home(), secrets);
  }

  private Launch keycloak(Component component) {
    if (!keycloak.isReady()) {
      progress.doing("fetching and building Keycloak, once (about a minute)");
    }
    keycloak.ready();
    String gateway = whole.find(Topology.GATEWAY).map(addresses::url).orElse("");
    return keycloakHome()
        .launch(
            component.name(),
            addresses.port(component),
            addresses.url(component),
            gateway,
            layout.log(component.name()));
  }

  private void note(String name) {
    try {
      Optional<Running> running = processes.find(name);
      if (running.isPresent()) {
        processes.note(name, running.get().pid());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
