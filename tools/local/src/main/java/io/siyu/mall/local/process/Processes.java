package io.siyu.mall.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of one platform. Each carries two variables in its environment, which say what it
 * is and for which state directory; so they are found again after the runner was killed at any
 * moment, and a process id used anew by somebody else is never mistaken for one of ours.
 */
public final class Processes {

  private static final String OWNER = "MALL_PROCESS_OF";
  private static final String COMPONENT = "MALL_PROCESS_NAME";
  private static final String FINGERPRINT = "MALL_PROCESS_FINGERPRINT";

  private final Path state;
  private final Path pidFiles;

  /** A running process of this platform. */
  public record Running(String name, long pid, String fingerprint) {}

  /**
   * @param state the state directory that these processes belong to
   * @param pidFiles directory that takes a {@code NAME.pid} for people to read
   */
  public Processes(Path state, Path pidFiles) {
    this.state = state.toAbsolutePath().normalize();
    this.pidFiles = pidFiles;
  }

  /** All running processes of this platform, helpers of a component included. */
  public List<Running> all() {
    List<Running> running = new ArrayList<>();
    for (long pid : Os.pids()) {
      if (Os.environment(pid, OWNER).filter(state.toString()::equals).isPresent()
          && Os.alive(pid)) {
        running.add(
            new Running(
                Os.environment(pid, COMPONENT).orElse("?"),
                pid,
                Os.environment(pid, FINGERPRINT).orElse("")));
      }
    }
    return running;
  }

  /** The process of a component, the first one started if it has helpers. */
  public Optional<Running> find(String name) {
    return all().stream()
        .filter(process -> process.name().equals(name))
        .min((one, other) -> Long.compare(one.pid(), other.pid()));
  }

  /** The variables that make a process one of this platform's. */
  public Map<String, String> mark(String name, String fingerprint) {
    return Map.of(OWNER, state.toString(), COMPONENT, name, FINGERPRINT, fingerprint);
  }

  /** Starts a component in a session of its own, so that it outlives this process. */
  public Process start(Launch launch) throws IOException {
    Files.createDirectories(launch.log().getParent());
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.addAll(launch.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(launch.directory().toFile());
    // What configures a Quarkus program elsewhere must not configure these.
    builder.environment().keySet().removeIf(key -> key.matches("(QUARKUS|KC|MALL)_.*"));
    builder.environment().putAll(launch.environment());
    builder.environment().putAll(mark(launch.name(), launch.fingerprint()));
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    Process process = builder.start();
    note(launch.name(), process.pid());
    return process;
  }

  /** Writes the process id of a component where people look for it. */
  public void note(String name, long pid) throws IOException {
    Files.createDirectories(pidFiles);
    Files.writeString(pidFiles.resolve(name + ".pid"), pid + "\n");
  }

  /** Ends every process of a component. */
  public void stop(String name, Duration grace) {
    stop(all().stream().filter(process -> process.name().equals(name)).toList(), grace);
  }

  /** Ends these processes, all at once. */
  public void stop(Collection<Running> processes, Duration grace) {
    processes.parallelStream().forEach(process -> Termination.end(process.pid(), grace));
    processes.forEach(process -> forget(process.name()));
  }

  /** Removes what people read about a component that does not run any more. */
  public void forget(String name) {
    try {
      Files.deleteIfExists(pidFiles.resolve(name + ".pid"));
    } catch (IOException leftBehind) {
      // The file informs people only; the next start overwrites it.
      return;
    }
  }
}
