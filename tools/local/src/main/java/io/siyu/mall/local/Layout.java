package io.siyu.mall.local;

import java.nio.file.Path;

/**
 * Where things lie on disk.
 *
 * @param root root of the checkout
 * @param state run-time state of one platform; two platforms with two states and a port offset run
 *     beside each other
 * @param cache unpacked programs, shared by all states and kept by a reset
 */
public record Layout(Path root, Path state, Path cache) {

  /** The state directory that a developer's platform uses. */
  public static final String DEFAULT_STATE = ".mall";

  /** Lays out a platform. */
  public Layout {
    root = root.toAbsolutePath().normalize();
    state = state.toAbsolutePath().normalize();
    cache = cache.toAbsolutePath().normalize();
  }

  /** Held while a command changes the platform. */
  public Path lock() {
    return state.resolve("lock");
  }

  /** Logs, one file per component. */
  public Path logs() {
    return state.resolve("logs");
  }

  /** The log of one component. */
  public Path log(String name) {
    return logs().resolve(name + ".log");
  }

  /** Process ids, for people; the runner itself asks the kernel. */
  public Path run() {
    return state.resolve("run");
  }

  /** Copies of the built programs that run, so that a rebuild does not pull them away. */
  public Path apps() {
    return state.resolve("app");
  }

  /** Generated passwords and keys, readable by the owner only. */
  public Path secrets() {
    return state.resolve("secrets.properties");
  }

  /** Keys of the merchant and of the sandbox that plays WeChat Pay. */
  public Path keys() {
    return state.resolve("keys");
  }

  /** Data of the database. */
  public Path mariadb() {
    return state.resolve("mariadb");
  }

  /** Home of Keycloak: its data, and links to the shared program. */
  public Path keycloak() {
    return state.resolve("keycloak");
  }

  /** State of the sandbox. */
  public Path sandbox() {
    return state.resolve("sandbox");
  }

  /** Offset of the movable clock. */
  public Path clock() {
    return state.resolve("clock");
  }
}
