package io.siyu.mall.platform.sql;

import io.quarkus.reactive.mysql.client.MySQLPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The pool of every service, on whose connections no statement waits for ever: when one closes,
 * each of its commands is answered ({@link AnswerEveryCommand}); when one falls silent, it is
 * closed after {@code mall.db.longest-silence}.
 */
@Singleton
public class DatabasePool implements MySQLPoolCreator {

  private final Duration longestSilence;

  /**
   * @param longestSilence longer than any statement takes, and than connections stay unused
   */
  public DatabasePool(@ConfigProperty(name = "mall.db.longest-silence") Duration longestSilence) {
    this.longestSilence = longestSilence;
  }

  @Override
  public Pool create(Input input) {
    return create(input.vertx(), input.poolOptions(), input.mySQLConnectOptionsList());
  }

  /** A pool for the servers; the connections take turns. */
  public Pool create(Vertx vertx, PoolOptions options, List<MySQLConnectOptions> servers) {
    servers.forEach(
        server ->
            server
                .setTcpKeepAlive(true)
                .setReadIdleTimeout(Math.toIntExact(longestSilence.toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    return MySQLBuilder.pool()
        .with(options)
        .connectingTo(List.<SqlConnectOptions>copyOf(servers))
        .withConnectHandler(DatabasePool::prepare)
        .using(vertx)
        .build();
  }

  private static void prepare(SqlConnection connection) {
    Connection physical = ((SqlConnectionInternal) connection).unwrap().unwrap();
    AnswerEveryCommand.on(((SocketConnectionBase) physical).socket().channelHandlerContext());
    // Into the pool.
    connection.close();
  }
}
