package io.siyu.mall.platform.test;

import io.siyu.mall.platform.sql.DatabasePool;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Stands between a pool and the test database, and can do what networks and dying servers do: fall
 * silent without closing, or close in the middle of a statement. What is opened afterwards passes.
 */
public final class SilentProxy implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Config config = ConfigProvider.getConfig();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;

  /** Listens on a free port of this machine. */
  public SilentProxy() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /**
   * A pool of the platform's kind through this proxy, whose connections may be silent for as long
   * as a test lasts.
   */
  public Pool pool(Vertx vertx, int size) {
    return pool(vertx, size, Duration.ofMinutes(5));
  }

  /** As {@link #pool(Vertx, int)}, with a shorter patience. */
  public Pool pool(Vertx vertx, int size, Duration longestSilence) {
    MySQLConnectOptions options =
        new MySQLConnectOptions()
            .setHost(server.getInetAddress().getHostAddress())
            .setPort(server.getLocalPort())
            .setDatabase(text("mall.db.schema"))
            .setUser(text("mall.db.user"))
            .setPassword(text("mall.db.password"))
            .setCharset("utf8mb4")
            .setCachePreparedStatements(true)
            .setPipeliningLimit(4);
    return Pool.newInstance(
        new DatabasePool(longestSilence)
            .create(vertx, new PoolOptions().setMaxSize(size), List.of(options)));
  }

  /** From now on the connections that there are swallow what they are given, in both directions. */
  public void silence() {
    links.forEach(link -> link.silent = true);
  }

  /**
   * Waits until the server executes such a statement for this schema's user.
   *
   * @return the server's id of the connection
   */
  public static long running(Pool healthy, String statement) {
    AtomicLong id = new AtomicLong();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              healthy
                  .preparedQuery("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO = ?")
                  .execute(Tuple.of(statement))
                  .await()
                  .atMost(Duration.ofSeconds(5))
                  .forEach(row -> id.set(row.getLong(0)));
              return id.get() != 0;
            });
    return id.get();
  }

  /** Closes the connections that there are. */
  public void cut() {
    links.forEach(Link::close);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cut();
  }

  private String text(String key) {
    return config.getValue(key, String.class);
  }

  private void accept() {
    try {
      while (true) {
        Link link = new Link(server.accept());
        links.add(link);
        start(() -> link.pump(link.client, link.database));
        start(() -> link.pump(link.database, link.client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "silent-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private final class Link {
    private final Socket client;
    private final Socket database;
    private volatile boolean silent;

    Link(Socket client) throws IOException {
      this.client = client;
      this.database = new Socket(text("mall.db.host"), config.getValue("mall.db.port", int.class));
      client.setTcpNoDelay(true);
      database.setTcpNoDelay(true);
    }

    void pump(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (!silent) {
            out.write(buffer, 0, n);
          }
        }
      } catch (IOException closed) {
        // By either side, or by cut().
      }
      close();
    }

    void close() {
      links.remove(this);
      try {
        client.close();
        database.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
