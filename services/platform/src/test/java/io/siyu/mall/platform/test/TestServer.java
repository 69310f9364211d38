package io.siyu.mall.platform.test;

import io.siyu.mall.local.mariadb.MariaDbServer;
import io.siyu.mall.local.process.FileLocked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one MariaDB of all builds that run in this checkout: the first one starts it, a watchdog ends
 * it and removes its data once the last Maven process that used it is gone.
 */
final class TestServer {

  // A user registers before it looks for the server, and the watchdog takes the server's file away
  // before it looks for users: one of the two always sees the other.
  private static final String WATCHDOG =
      """
      pid=$1; home=$2; data=$3
      used() {
        for user in "$home"/users/*; do
          kill -0 "${user##*/}" 2>/dev/null && return 0
          rm -f "$user"
        done
        return 1
      }
      while kill -0 "$pid" 2>/dev/null; do
        sleep 1
        used && continue
        mv "$home/port" "$home/port.$pid" 2>/dev/null
        if used; then mv -n "$home/port.$pid" "$home/port" 2>/dev/null; continue; fi
        rm -f "$home/port.$pid"
        kill -9 "$pid"
        sleep 1
      done
      rm -rf "$data" "$data".lock "$data".log
      """;

  /** Port of a server to test against instead, whose root has no password: a second version. */
  private static final String OTHER_SERVER = "mall.test-db.port";

  private TestServer() {}

  /** The port of a server that runs for as long as the Maven process above this one. */
  static int port() {
    Integer other = Integer.getInteger(OTHER_SERVER);
    if (other != null) {
      return other;
    }
    Path home = root().resolve("target/test-db");
    try {
      return FileLocked.run(
          home.resolve("lock"),
          () -> {
            Path users = Files.createDirectories(home.resolve("users"));
            Files.writeString(users.resolve(Long.toString(owner().pid())), "");
            Optional<Integer> running = running(home.resolve("port"));
            return running.isPresent() ? running.get() : start(home);
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The root of the checkout, whichever module is tested. */
  private static Path root() {
    String root = System.getProperty("mall.root");
    Path path = Path.of(root == null ? "" : root).toAbsolutePath();
    while (!Files.exists(path.resolve("mvnw")) && path.getParent() != null) {
      path = path.getParent();
    }
    return path;
  }

  /** The Maven process above this JVM; this JVM itself when a development environment runs it. */
  private static ProcessHandle owner() {
    Optional<ProcessHandle> process = ProcessHandle.current().parent();
    while (process.isPresent()) {
      String line = commandLine(process.get().pid());
      if (line.contains("org.codehaus.plexus.classworlds.launcher.Launcher")) {
        return process.get();
      }
      process = process.get().parent();
    }
    return ProcessHandle.current();
  }

  private static String commandLine(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
    } catch (IOException e) {
      return "";
    }
  }

  private static Optional<Integer> running(Path portFile) throws IOException {
    if (!Files.exists(portFile)) {
      return Optional.empty();
    }
    String[] parts = Files.readString(portFile).strip().split(" ");
    boolean alive =
        ProcessHandle.of(Long.parseLong(parts[1])).map(ProcessHandle::isAlive).orElse(false);
    return alive ? Optional.of(Integer.valueOf(parts[0])) : Optional.empty();
  }

  private static int start(Path home) throws IOException {
    int port = freePort();
    Path data = home.resolve("data-" + port);
    MariaDbServer server =
        new MariaDbServer(
            root().resolve(".mall/cache"),
            data,
            port,
            new MariaDbServer.Options(
                home.resolve("data-" + port + ".log"),
                true,
                128,
                Map.of(),
                List.of(
                    "--performance-schema=OFF",
                    "--innodb-log-file-size=64M",
                    // Not UTC: whoever asks the server for NOW() instead of UTC_TIMESTAMP() is
                    // found.
                    "--default-time-zone=+08:00")));
    server.start();
    long pid = server.pid().orElseThrow();
    Files.writeString(home.resolve("port"), port + " " + pid);
    new ProcessBuilder(
            "setsid", "sh", "-c", WATCHDOG, "watchdog", "" + pid, home.toString(), data.toString())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
