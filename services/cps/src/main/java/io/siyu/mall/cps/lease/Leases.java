package io.siyu.mall.cps.lease;

import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Keeps runs of one work apart, also when one of them is killed, stopped for a while or cut off
 * from the database. A lease is short and renewed while its run goes on, so a dead run's ends soon.
 * What a run writes it writes behind {@link #check}: that locks the lease's row until the commit,
 * so no other run can take it over in between, and fails once another one has. Times are the
 * database's own.
 */
@ApplicationScoped
public class Leases {

  private static final Logger LOG = Logger.getLogger(Leases.class);
  private static final UUID NOBODY = new UUID(0, 0);
  private static final int RENEWALS = 3;
  private static final String UNTIL = "DATE_ADD(UTC_TIMESTAMP(6), INTERVAL ? MICROSECOND)";

  private final Pool pool;
  private final Duration time;

  Leases(
      Pool pool, @ConfigProperty(name = "mall.cps.lease", defaultValue = "PT30S") Duration time) {
    this.pool = pool;
    this.time = time;
  }

  /**
   * Takes the work for a new run; empty if another one has it.
   *
   * @param name at most 40 ASCII characters
   */
  public Uni<Optional<Lease>> take(String name) {
    Lease lease = new Lease(name, UUID.randomUUID());
    return execute(
            "INSERT IGNORE INTO sync_leases (platform, owner, until)"
                + " VALUES (?, ?, UTC_TIMESTAMP(6))",
            name,
            NOBODY)
        .chain(
            () ->
                execute(
                    "UPDATE sync_leases SET owner = ?, until = "
                        + UNTIL
                        + " WHERE platform = ? AND until <= UTC_TIMESTAMP(6)",
                    lease.owner(),
                    micros(),
                    name))
        .map(rows -> rows == 1 ? Optional.of(lease) : Optional.empty());
  }

  /**
   * Does the work and keeps the lease alive meanwhile, however long a single step of it takes.
   * Gives it back at the end; whoever is killed before that gives it back by silence.
   */
  public <T> Uni<T> hold(Lease lease, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              var beat =
                  Multi.createFrom()
                      .ticks()
                      .every(time.dividedBy(RENEWALS))
                      .onOverflow()
                      .drop()
                      .onItem()
                      .transformToUniAndConcatenate(tick -> renew(lease))
                      .subscribe()
                      .with(renewed -> {});
              return Uni.createFrom()
                  .deferred(work::get)
                  .eventually(
                      () -> {
                        beat.cancel();
                        return release(lease);
                      });
            });
  }

  /** Fails with {@link LeaseLost} when the work was taken over; else holds on to it. */
  public Uni<Void> check(SqlTransaction tx, Lease lease) {
    return tx.execute(
            "UPDATE sync_leases SET until = " + UNTIL + " WHERE platform = ? AND owner = ?",
            micros(),
            lease.name(),
            lease.owner())
        .invoke(
            rows -> {
              if (rows != 1) {
                throw new LeaseLost(lease);
              }
            })
        .replaceWithVoid();
  }

  /** A transaction that commits only while the work is the run's. */
  public <T> Uni<T> fenced(Lease lease, Function<SqlTransaction, Uni<T>> work) {
    return pool.withTransaction(
        connection -> {
          SqlTransaction tx = SqlTransaction.of(connection);
          return check(tx, lease).chain(() -> work.apply(tx));
        });
  }

  /** A renewal that fails is tried again with the next beat; what is lost is found by the check. */
  private Uni<Void> renew(Lease lease) {
    return pool.withTransaction(connection -> check(SqlTransaction.of(connection), lease))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("the lease on %s was not renewed: %s", lease.name(), failure);
              return null;
            });
  }

  /** The owner goes too: a renewal that is still under way finds nothing to renew. */
  private Uni<Void> release(Lease lease) {
    return execute(
            "UPDATE sync_leases SET owner = ?, until = UTC_TIMESTAMP(6)"
                + " WHERE platform = ? AND owner = ?",
            NOBODY,
            lease.name(),
            lease.owner())
        .replaceWithVoid();
  }

  private long micros() {
    return time.toNanos() / 1_000;
  }

  private Uni<Integer> execute(String sql, Object... params) {
    return pool.preparedQuery(sql).execute(SqlParams.tuple(params)).map(rows -> rows.rowCount());
  }
}
