package io.siyu.mall.local.start;

import io.siyu.mall.local.process.Processes;
import io.siyu.mall.local.process.Processes.Running;
import io.siyu.mall.local.topology.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Ends the processes of a platform: first those that use others, the database last. */
public final class Stopper {

  /** How long a program may take to end by itself. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** How long the database may take to write its pages. */
  static final Duration DATABASE_GRACE = Duration.ofSeconds(40);

  private final Processes processes;

  /** Ends these processes. */
  public Stopper(Processes processes) {
    this.processes = processes;
  }

  /**
   * Ends everything, also what a killed command has left behind.
   *
   * @return how many processes there were
   */
  public int stopAll() {
    int count = 0;
    // A builder may still start something while it ends; so look until nothing is found.
    for (List<Running> left = processes.all(); !left.isEmpty(); left = processes.all()) {
      count += left.size();
      stop(left);
    }
    return count;
  }

  /** Ends those with these names. */
  public void stop(Set<String> names) {
    stop(processes.all().stream().filter(one -> names.contains(one.name())).toList());
    names.forEach(processes::forget);
  }

  private void stop(List<Running> running) {
    processes.stop(running.stream().filter(one -> !isDatabase(one)).toList(), GRACE);
    processes.stop(running.stream().filter(Stopper::isDatabase).toList(), DATABASE_GRACE);
  }

  private static boolean isDatabase(Running process) {
    return process.name().equals(Topology.DATABASE);
  }
}
