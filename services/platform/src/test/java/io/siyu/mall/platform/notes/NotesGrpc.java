package io.siyu.mall.platform.notes;

import io.grpc.Context;
import io.grpc.Deadline;
import io.quarkus.grpc.GrpcService;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.identity.OutgoingCallInterceptor;
import io.siyu.mall.platform.money.Money;
import io.siyu.mall.platform.notes.v1.CountUpRequest;
import io.siyu.mall.platform.notes.v1.FailRequest;
import io.siyu.mall.platform.notes.v1.GetNoteRequest;
import io.siyu.mall.platform.notes.v1.MutinyNoteBookGrpc;
import io.siyu.mall.platform.notes.v1.NoteBook;
import io.siyu.mall.platform.notes.v1.NoteView;
import io.siyu.mall.platform.notes.v1.WhoAmIRequest;
import io.siyu.mall.platform.notes.v1.WhoAmIResponse;
import io.siyu.mall.platform.notes.v1.WriteNoteRequest;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The endpoint of the test application. */
@GrpcService
public class NotesGrpc implements NoteBook {

  /** How often a remote call was prepared. */
  static final AtomicInteger PREPARED = new AtomicInteger();

  private final NoteCommands commands;
  private final Idempotency idempotency;
  private final OutgoingCallInterceptor outgoing;
  private final Pool pool;

  NotesGrpc(
      NoteCommands commands, Idempotency idempotency, OutgoingCallInterceptor outgoing, Pool pool) {
    this.commands = commands;
    this.idempotency = idempotency;
    this.outgoing = outgoing;
    this.pool = pool;
  }

  @Override
  public Uni<NoteView> writeNote(WriteNoteRequest request) {
    Caller.current().requireMember();
    Validation.start()
        .required(TextType.SEARCH, "text", request.getText())
        .range("price_fen", request.getPriceFen(), 0, 100_000_000)
        .check();
    RequestKey key = RequestKey.of("notes.WriteNote", request.getRequestId(), request);
    return idempotency.once(
        key,
        NoteView.parser(),
        () -> prepare(request),
        nothing ->
            commands
                .write(Ids.next(), request.getText(), Money.fen(request.getPriceFen()))
                .invoke(
                    () -> {
                      if (request.getFailLate()) {
                        throw DomainException.precondition("TOO_LATE", "fails after the write");
                      }
                    })
                .map(NotesGrpc::view));
  }

  private Uni<Void> prepare(WriteNoteRequest request) {
    PREPARED.incrementAndGet();
    return request.getFailPrepare()
        ? Uni.createFrom()
            .failure(new DomainException(Kind.UNAVAILABLE, "NOT_NOW", "prepare fails"))
        : whoAmIThere(WhoAmIRequest.getDefaultInstance()).replaceWithVoid();
  }

  @Override
  public Uni<NoteView> countUp(CountUpRequest request) {
    Caller.current().requireMember();
    UUID id = Ids.parse("note_id", request.getNoteId());
    return idempotency.onceSql(
        RequestKey.of("notes.CountUp", request.getRequestId(), request),
        NoteView.parser(),
        sql -> countUp(sql, id));
  }

  private static Uni<NoteView> countUp(SqlConnection sql, UUID id) {
    return sql.preparedQuery("UPDATE note SET count_up = count_up + 1 WHERE id = ?")
        .execute(SqlParams.tuple(id))
        .chain(
            done ->
                sql.preparedQuery("SELECT count_up FROM note WHERE id = ?")
                    .execute(SqlParams.tuple(id)))
        .map(
            rows ->
                NoteView.newBuilder()
                    .setNoteId(id.toString())
                    .setCount(rows.iterator().next().getInteger(0))
                    .build());
  }

  @Override
  public Uni<NoteView> getNote(GetNoteRequest request) {
    return commands.get(Ids.parse("note_id", request.getNoteId())).map(NotesGrpc::view);
  }

  @Override
  public Uni<WhoAmIResponse> whoAmI(WhoAmIRequest request) {
    Caller first = Caller.current();
    Deadline deadline = Context.current().getDeadline();
    // Over the database and back: the caller must still be the same.
    return pool.query("SELECT 1")
        .execute()
        .map(
            rows -> {
              Caller caller = Caller.current();
              if (!caller.equals(first)) {
                throw new IllegalStateException("the caller was lost on the way");
              }
              return WhoAmIResponse.newBuilder()
                  .setCaller(caller.key())
                  .addAllBrandCodes(caller.brandCodes())
                  .setHasToken(caller.token() != null)
                  .setDeadlineMillis(
                      deadline == null ? 0 : deadline.timeRemaining(TimeUnit.MILLISECONDS))
                  .build();
            });
  }

  @Override
  public Uni<WhoAmIResponse> whoAmIThere(WhoAmIRequest request) {
    return TestGrpc.bare(MutinyNoteBookGrpc::newMutinyStub)
        .withInterceptors(outgoing)
        .whoAmI(request);
  }

  @Override
  public Uni<NoteView> fail(FailRequest request) {
    return switch (request.getHow()) {
      case "sync" -> throw new IllegalStateException("secret 13812345678");
      case "async" -> Uni.createFrom().failure(new IllegalStateException("secret 13812345678"));
      case "domain" ->
          Uni.createFrom()
              .failure(DomainException.precondition("OUT_OF_STOCK", "no more").with("sku", "abc"));
      case "domain-sync" -> throw DomainException.invalid("how", "is wrong");
      case "duplicate" ->
          pool.preparedQuery(
                  "INSERT INTO inbox (event_id, received_at) VALUES (?, NOW()), (?, NOW())")
              .execute(SqlParams.tuple(new UUID(1, 1), new UUID(1, 1)))
              .map(rows -> NoteView.getDefaultInstance());
      case "illegal" ->
          commands
              .write(Ids.next(), "burnt " + Ids.next(), Money.ZERO)
              .chain(note -> commands.burn(note.id()))
              .chain(note -> commands.burn(note.id()))
              .map(NotesGrpc::view);
      case "unreachable" ->
          Uni.createFrom().failure(io.grpc.Status.UNAVAILABLE.asRuntimeException());
      default -> throw DomainException.invalid("how", "is unknown");
    };
  }

  static NoteView view(Note note) {
    return NoteView.newBuilder()
        .setNoteId(note.id().toString())
        .setText(note.text())
        .setPriceFen(note.price().minor())
        .setCount(note.count())
        .setWrittenAt(ProtoTime.to(note.writtenAt()))
        .build();
  }
}
