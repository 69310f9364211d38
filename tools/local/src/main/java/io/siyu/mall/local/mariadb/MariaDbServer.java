package io.siyu.mall.local.mariadb;

import io.siyu.mall.local.LocalException;
import io.siyu.mall.local.process.FileLocked;
import io.siyu.mall.local.process.Os;
import io.siyu.mall.local.process.Tail;
import io.siyu.mall.local.process.Termination;
import io.siyu.mall.local.process.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A real MariaDB server on this machine, as an ordinary child process that keeps its data between
 * starts. Usable as a library:
 *
 * <pre>{@code
 * MariaDbServer server = new MariaDbServer(cache, data, 13306);
 * server.start();
 * server.sql("CREATE DATABASE shop");
 * server.stop();
 * }</pre>
 *
 * <p>It listens on the loopback address only. The process is in a session of its own, so that it
 * outlives the JVM that started it; {@link #start()} on the data of a running server attaches to
 * it, also from another process, and {@link #stop()} ends it.
 */
public final class MariaDbServer {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_GRACE = Duration.ofSeconds(30);

  private final Path cache;
  private final Path data;
  private final int port;
  private final Options options;
  private String rootPassword = "";

  /**
   * What may differ from a platform's database.
   *
   * @param log file that takes what the server says
   * @param durable true flushes every commit to disk; false trades that for speed (tests)
   * @param bufferPoolMiB memory for InnoDB's pages
   * @param environment variables added to the environment of the server process
   * @param arguments further arguments of mariadbd, later ones win
   */
  public record Options(
      Path log,
      boolean durable,
      int bufferPoolMiB,
      Map<String, String> environment,
      List<String> arguments) {}

  /**
   * A durable server with 256 MiB for its pages, logging beside its data.
   *
   * @param cache directory that keeps the unpacked program, shared between servers
   * @param data directory of this server's data, made at first start
   * @param port TCP port on 127.0.0.1
   */
  public MariaDbServer(Path cache, Path data, int port) {
    this(cache, data, port, new Options(beside(data, ".log"), true, 256, Map.of(), List.of()));
  }

  /** A server with options of one's own. */
  public MariaDbServer(Path cache, Path data, int port, Options options) {
    this.cache = cache.toAbsolutePath();
    this.data = data.toAbsolutePath();
    this.port = port;
    this.options = options;
  }

  /** Uses this password for the root account in {@link #sql}; at first it is empty. */
  public MariaDbServer rootPassword(String password) {
    this.rootPassword = password;
    return this;
  }

  /** TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /**
   * Starts the server, or attaches to the one that runs on the same data, and waits until it takes
   * connections. The data directory is set up at first. May be called by several processes at once.
   *
   * @throws LocalException if the server ends before it is ready or takes over a minute; the
   *     message holds the end of its log
   */
  public void start() {
    try {
      FileLocked.run(
          beside(data, ".lock"),
          () -> {
            if (pid().isEmpty()) {
              launch();
            }
            return null;
          });
    } catch (IOException e) {
      throw new UncheckedIOException("MariaDB could not be started: " + e.getMessage(), e);
    }
  }

  /** Asks the server to shut down and waits until it is gone; does nothing if it does not run. */
  public void stop() {
    pid().ifPresent(pid -> Termination.end(pid, STOP_GRACE));
  }

  /** The id of the server process on this data, empty if there is none. */
  public OptionalLong pid() {
    String mine = "--datadir=" + data;
    return Os.pids().stream()
        .filter(pid -> Os.commandLine(pid).contains(mine) && Os.alive(pid))
        .filter(pid -> "mariadbd".equals(Os.name(pid)))
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /** The arguments that the server process is started with, program included. */
  public List<String> command() {
    Path base = cache.resolve("mariadb-" + MariaDbDistribution.VERSION);
    List<String> command = new ArrayList<>();
    command.add(base.resolve("bin/mariadbd").toString());
    command.add("--no-defaults");
    command.add("--user=" + System.getProperty("user.name"));
    command.add("--basedir=" + base);
    command.add("--datadir=" + data);
    command.add("--bind-address=127.0.0.1");
    command.add("--port=" + port);
    // Relative to the data directory: an absolute path may be longer than a socket's can be.
    command.add("--socket=mariadb.sock");
    command.add("--pid-file=mariadb.pid");
    command.add("--skip-name-resolve");
    command.add("--skip-ssl");
    command.add("--character-set-server=utf8mb4");
    command.add("--collation-server=utf8mb4_unicode_ci");
    command.add("--default-time-zone=+00:00");
    command.add("--max-connections=400");
    command.add("--innodb-flush-log-at-trx-commit=" + (options.durable() ? 1 : 0));
    command.add("--innodb-buffer-pool-size=" + options.bufferPoolMiB() + "M");
    command.addAll(options.arguments());
    return command;
  }

  /**
   * Runs SQL statements as root and returns what they print: one line per row, columns divided by
   * tabs, without headings.
   *
   * @throws LocalException if a statement fails; the message is the server's
   */
  public List<String> sql(String statements) {
    MariaDbDistribution program = MariaDbDistribution.unpacked(cache);
    ProcessBuilder builder =
        new ProcessBuilder(
            program.program("bin/mariadb").toString(),
            "--no-defaults",
            "--batch",
            "--skip-column-names",
            "--default-character-set=utf8mb4",
            "--protocol=tcp",
            "--skip-ssl",
            "--host=127.0.0.1",
            "--port=" + port,
            "--user=root");
    builder.environment().put("MYSQL_PWD", rootPassword);
    builder.redirectErrorStream(true);
    return run(builder, statements);
  }

  private void launch() throws IOException {
    MariaDbDistribution program = MariaDbDistribution.unpacked(cache);
    if (!Files.isDirectory(data)) {
      setUpData(program);
    }
    Files.createDirectories(options.log().toAbsolutePath().getParent());
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(options.environment());
    builder.redirectErrorStream(true);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(options.log().toFile()));
    builder.environment().put("TMPDIR", temporary().toString());
    awaitReady(builder.start());
  }

  /** Temporary tables beside the data: servers that share /tmp delete each other's. */
  private Path temporary() throws IOException {
    return Files.createDirectories(beside(data, ".tmp"));
  }

  /** Sets the data up beside its place and moves it there, so that no half-made data is used. */
  private void setUpData(MariaDbDistribution program) throws IOException {
    Path part = beside(data, ".part");
    Trees.delete(part);
    Files.createDirectories(part);
    ProcessBuilder builder =
        new ProcessBuilder(
            program.program("scripts/mariadb-install-db").toString(),
            "--no-defaults",
            "--basedir=" + program.base(),
            "--datadir=" + part,
            "--user=" + System.getProperty("user.name"),
            "--auth-root-authentication-method=normal",
            "--skip-name-resolve",
            "--skip-test-db");
    builder.environment().putAll(options.environment());
    builder.environment().put("TMPDIR", temporary().toString());
    builder.redirectErrorStream(true);
    run(builder, "");
    Files.move(part, data);
  }

  private void awaitReady(Process server) {
    long limit = System.nanoTime() + START_LIMIT.toNanos();
    while (!(announced(server.pid()) && answers())) {
      if (!server.isAlive() || System.nanoTime() > limit) {
        server.destroyForcibly();
        throw new LocalException(
            "MariaDB did not start; the end of its log:\n" + Tail.of(options.log(), 15));
      }
      try {
        // Returns at once when the server ends, else paces the next look.
        server.waitFor(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        server.destroyForcibly();
        throw new LocalException("Interrupted while MariaDB was starting.", interrupted);
      }
    }
  }

  /** True once the server has written its process id, which it does when it is ready. */
  private boolean announced(long pid) {
    try {
      return Files.readString(data.resolve("mariadb.pid")).trim().equals(Long.toString(pid));
    } catch (IOException notYet) {
      return false;
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      socket.setSoTimeout(2000);
      // The server greets first: a port that only accepts is not ready yet.
      return socket.getInputStream().read() > 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static List<String> run(ProcessBuilder builder, String input) {
    try {
      Process process = builder.start();
      feed(process, input);
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new LocalException("MariaDB refused: " + output.trim());
      }
      return output.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LocalException("Interrupted while waiting for MariaDB.", interrupted);
    }
  }

  private static void feed(Process process, String input) {
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException endedEarly) {
      // Its exit code and output say why.
      return;
    }
  }

  private static Path beside(Path directory, String suffix) {
    Path absolute = directory.toAbsolutePath();
    return absolute.resolveSibling(absolute.getFileName() + suffix);
  }
}
