package io.siyu.mall.platform.idempotency;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.job.Jobs;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Gives every mutating request one effect and one answer. The response is stored in the transaction
 * of the effect; a repeat gets it back without anything being done again; a failure stores nothing.
 *
 * <p>Two repeats that run at once may both run {@code prepare} and start {@code effect}; one
 * commits, the other rolls back and returns the winner's response. So {@code prepare} must be
 * repeatable (use {@link RequestKey#stableId} for what it asks of others) and {@code effect} must
 * do nothing but write to the database; it is run again when the database chose it as a deadlock's
 * victim.
 *
 * <p>Responses are stored as they are: what holds a secret or personal data is sealed before (as a
 * {@code StringValue}), and an answer that opens something has {@link Repeats}.
 */
@ApplicationScoped
public class Idempotency {

  /** The id was used before, for another request. */
  public static final String IDEMPOTENCY_KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";

  private static final int DEADLOCK_RETRIES = 3;
  private static final String FIND =
      "SELECT body_hash, response, expires_at <= UTC_TIMESTAMP(6) FROM stored_request"
          + " WHERE caller = ? AND method = ? AND request_id = ?";
  private static final String FORGET =
      "DELETE FROM stored_request WHERE caller = ? AND method = ? AND request_id = ?"
          + " AND expires_at <= UTC_TIMESTAMP(6)";
  private static final String STORE =
      "INSERT INTO stored_request"
          + " (caller, method, request_id, body_hash, response, created_at, expires_at)"
          + " VALUES (?, ?, ?, ?, ?, UTC_TIMESTAMP(6),"
          + " DATE_ADD(UTC_TIMESTAMP(6), INTERVAL ? SECOND))";

  private final Pool pool;
  private final GroupedInserts groups;
  private final Duration keep;

  Idempotency(
      Pool pool,
      GroupedInserts groups,
      @ConfigProperty(name = "mall.idempotency.keep", defaultValue = "P7D") Duration keep) {
    this.pool = pool;
    this.groups = groups;
    this.keep = keep;
  }

  /**
   * Runs {@code effect} in one Hibernate transaction ({@code @WithTransaction} inside joins it).
   *
   * @param prepare what must happen before, outside any transaction: remote calls
   * @param effect the change; its response is stored with it
   */
  public <P, R extends Message> Uni<R> once(
      RequestKey key, Parser<R> parser, Supplier<Uni<P>> prepare, Function<P, Uni<R>> effect) {
    return once(key, parser, ordinary(), prepare, effect);
  }

  /** As above, for an answer that not every repeat may get. */
  public <P, R extends Message> Uni<R> once(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Supplier<Uni<P>> prepare,
      Function<P, Uni<R>> effect) {
    return run(
        key,
        parser,
        repeats,
        prepare,
        prepared -> inSession(key, repeats, () -> effect.apply(prepared)));
  }

  /** As above, with nothing to prepare. */
  public <R extends Message> Uni<R> once(
      RequestKey key, Parser<R> parser, Supplier<Uni<R>> effect) {
    return once(key, parser, Idempotency::nothing, none -> effect.get());
  }

  /** Runs {@code effect} in one transaction of the plain SQL client: for hot paths. */
  public <P, R extends Message> Uni<R> onceSql(
      RequestKey key,
      Parser<R> parser,
      Supplier<Uni<P>> prepare,
      BiFunction<P, SqlConnection, Uni<R>> effect) {
    return run(
        key,
        parser,
        ordinary(),
        prepare,
        prepared -> inConnection(key, sql -> effect.apply(prepared, sql)));
  }

  /** As above, with nothing to prepare. */
  public <R extends Message> Uni<R> onceSql(
      RequestKey key, Parser<R> parser, Function<SqlConnection, Uni<R>> effect) {
    return run(key, parser, ordinary(), Idempotency::nothing, none -> inConnection(key, effect));
  }

  /**
   * For the hottest paths: what {@code effect} wants to insert shares one transaction with what
   * other requests insert at the same moment. All of one request or nothing of it.
   *
   * @param effect given what was prepared and a way to write; it may write something else when that
   *     fails, and is told by the result
   * @param undo what was prepared and the failure after which nothing is stored, to give back what
   *     others hold for it; not called when it is unknown whether the request was committed after
   *     all
   */
  public <P, R extends Message> Uni<R> onceInserting(
      RequestKey key,
      Parser<R> parser,
      Supplier<Uni<P>> prepare,
      BiFunction<P, Function<Inserts<R>, Uni<R>>, Uni<R>> effect,
      BiFunction<P, Throwable, Uni<Void>> undo) {
    return run(
        key,
        parser,
        ordinary(),
        prepare,
        prepared -> effect.apply(prepared, inserts -> groups.write(key, inserts)),
        undo);
  }

  private <R extends Message> Repeats<R> ordinary() {
    return new Repeats<>(keep, stored -> nothing());
  }

  private <P, R extends Message> Uni<R> run(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Supplier<Uni<P>> prepare,
      Function<P, Uni<R>> effect) {
    return run(key, parser, repeats, prepare, effect, (prepared, failure) -> nothing());
  }

  private <P, R extends Message> Uni<R> run(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Supplier<Uni<P>> prepare,
      Function<P, Uni<R>> effect,
      BiFunction<P, Throwable, Uni<Void>> undo) {
    return find(key, parser)
        .chain(
            stored ->
                stored
                    .map(response -> repeats.check().apply(response).replaceWith(response))
                    .orElseGet(() -> prepareAndTry(key, parser, repeats, prepare, effect, undo)));
  }

  private <P, R extends Message> Uni<R> prepareAndTry(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Supplier<Uni<P>> prepare,
      Function<P, Uni<R>> effect,
      BiFunction<P, Throwable, Uni<Void>> undo) {
    return Jobs.comeBack(Uni.createFrom().<P>deferred(() -> prepare.get()))
        .onItemOrFailure()
        .transformToUni(
            (prepared, refusal) ->
                refusal != null
                    ? winnersResponse(key, parser, repeats, refusal, Idempotency::nothing)
                    : Uni.createFrom()
                        .<R>deferred(() -> effect.apply(prepared))
                        .onFailure(DatabaseErrors::isDeadlock)
                        .retry()
                        .atMost(DEADLOCK_RETRIES)
                        .onFailure()
                        .recoverWithUni(
                            failure ->
                                winnersResponse(
                                    key,
                                    parser,
                                    repeats,
                                    failure,
                                    () -> undo.apply(prepared, failure))));
  }

  /** Whatever failed: if the same request has committed meanwhile, its response is the answer. */
  private <R extends Message> Uni<R> winnersResponse(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Throwable failure,
      Supplier<Uni<Void>> undo) {
    return find(key, parser)
        .onItemOrFailure()
        .transformToUni(
            (stored, findFailure) -> {
              if (findFailure != null) {
                return Uni.createFrom()
                    .failure(findFailure instanceof DomainException ? findFailure : failure);
              }
              return stored
                  .map(response -> repeats.check().apply(response).replaceWith(response))
                  .orElseGet(() -> undo.get().chain(() -> Uni.createFrom().<R>failure(failure)));
            });
  }

  private <R extends Message> Uni<R> inSession(
      RequestKey key, Repeats<R> repeats, Supplier<Uni<R>> effect) {
    return Panache.withTransaction(
        () ->
            effect
                .get()
                .call(
                    response ->
                        Panache.getSession()
                            .chain(
                                s ->
                                    store(SqlTransaction.of(s), key, response, repeats.atMost()))));
  }

  private <R extends Message> Uni<R> inConnection(
      RequestKey key, Function<SqlConnection, Uni<R>> effect) {
    return pool.withTransaction(
        sql ->
            effect.apply(sql).call(response -> store(SqlTransaction.of(sql), key, response, keep)));
  }

  private static Uni<Integer> store(
      SqlTransaction tx, RequestKey key, Message response, Duration atMost) {
    return tx.execute(
        STORE,
        key.caller(),
        key.method(),
        key.requestId(),
        key.bodyHash(),
        response.toByteArray(),
        atMost.toSeconds());
  }

  private <R extends Message> Uni<Optional<R>> find(RequestKey key, Parser<R> parser) {
    return pool.preparedQuery(FIND)
        .execute(SqlParams.tuple(key.caller(), key.method(), key.requestId()))
        .chain(
            rows -> {
              if (!rows.iterator().hasNext()) {
                return Uni.createFrom().item(Optional.<R>empty());
              }
              Row row = rows.iterator().next();
              return row.getInteger(2) != 0
                  ? forget(key).replaceWith(Optional.<R>empty())
                  : Uni.createFrom().item(Optional.of(replay(key, parser, row)));
            });
  }

  /** What the housekeeping has not come to yet would be in the way of the next answer. */
  private Uni<RowSet<Row>> forget(RequestKey key) {
    return pool.preparedQuery(FORGET)
        .execute(SqlParams.tuple(key.caller(), key.method(), key.requestId()));
  }

  private static <R extends Message> R replay(RequestKey key, Parser<R> parser, Row row) {
    Buffer hash = row.get(Buffer.class, 0);
    if (!Arrays.equals(hash.getBytes(), key.bodyHash())) {
      throw new DomainException(
          Kind.FAILED_PRECONDITION,
          IDEMPOTENCY_KEY_REUSED,
          "this request id was used for another request");
    }
    try {
      return parser.parseFrom(row.get(Buffer.class, 1).getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored response cannot be read", e);
    }
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }
}
