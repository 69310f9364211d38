package io.siyu.mall.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one-machine runner, called as a person calls it.
 *
 * @param root the checkout
 * @param state where the platform keeps its state
 * @param portOffset added to every port
 */
public record Runner(Path root, Path state, int portOffset) {

  /**
   * The runner that started this program, from {@code mall.root}, {@code mall.state}, {@code
   * mall.port-offset}.
   */
  public static Runner fromSystemProperties() {
    Path root = Path.of(System.getProperty("mall.root")).toAbsolutePath();
    return new Runner(
        root,
        root.resolve(System.getProperty("mall.state", ".mall")),
        Integer.getInteger("mall.port-offset", 0));
  }

  /** Ends a component as a crash does; false if it does not run. */
  boolean kill(String component) {
    Optional<ProcessHandle> process = process(component);
    process.ifPresent(ProcessHandle::destroyForcibly);
    process.ifPresent(gone -> gone.onExit().join());
    return process.isPresent();
  }

  /** Starts again what does not run, and returns when it is healthy. */
  void heal() {
    call(List.of("up"));
  }

  private Optional<ProcessHandle> process(String component) {
    try {
      for (JsonNode one : new ObjectMapper().readTree(call(List.of("status", "--json")))) {
        if (one.path("name").asText().equals(component) && one.path("pid").isNumber()) {
          return ProcessHandle.of(one.path("pid").asLong());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("the runner does not tell what is up", e);
    }
  }

  private String call(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(root.resolve("mall").toString()));
    command.addAll(arguments);
    try {
      Path output = Files.createTempFile("mall-chaos", ".out");
      ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
      builder.environment().put("MALL_STATE", state.toString());
      builder.environment().put("MALL_PORT_OFFSET", Integer.toString(portOffset));
      Path errors = Files.createTempFile("mall-chaos", ".err");
      Process process =
          builder.redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
      int exit = process.waitFor();
      String printed = Files.readString(output);
      String complaint = Files.readString(errors);
      Files.delete(output);
      Files.delete(errors);
      if (exit != 0) {
        throw new IllegalStateException(
            "mall " + String.join(" ", arguments) + " ended with " + exit + ": " + complaint);
      }
      return printed;
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + command, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
