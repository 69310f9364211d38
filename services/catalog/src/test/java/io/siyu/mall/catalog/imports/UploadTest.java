package io.siyu.mall.catalog.imports;

import static io.siyu.mall.catalog.Refusals.refused;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.identity.Role;
import io.siyu.mall.platform.sql.SqlParams;
import io.siyu.mall.platform.test.MallDatabase;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.platform.test.TestTokens;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files on their way here: nothing of what breaks off stays, and nobody has too many. */
@QuarkusTest
@QuarkusTestResource(MallDatabase.class)
class UploadTest {

  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject Pool pool;
  @Inject Spool spool;
  @Inject ImportConfig config;

  private final String token = TestTokens.staff(Role.PLATFORM_ADMIN);

  @Test
  void whatBreaksOffIsGone() {
    for (int i = 0; i < 5; i++) {
      Half half = new Half();
      await().atMost(SOON).until(() -> !files().isEmpty());
      half.breakOff();
      await().atMost(SOON).until(() -> files().isEmpty() && descriptors() == 0);
    }
  }

  @Test
  void ofWhatNothingComesAnyMoreNothingStays() {
    Half half = new Half();
    await().atMost(SOON).until(() -> !files().isEmpty());
    CompletionException ended = assertThrows(CompletionException.class, half.answer::join);
    assertEquals(
        Status.Code.ABORTED, ((StatusRuntimeException) ended.getCause()).getStatus().getCode());
    await().atMost(SOON).until(() -> files().isEmpty() && descriptors() == 0);
  }

  @Test
  void whatIsTooLargeIsRefusedAndGone() {
    List<StartImportRequest> parts = new ArrayList<>();
    parts.add(StartImportRequest.newBuilder().setHeader(ImportCalls.header()).build());
    ByteString megabyte = ByteString.copyFrom(new byte[1 << 20]);
    for (long sent = 0; sent <= config.maxBytes(); sent += megabyte.size()) {
      parts.add(StartImportRequest.newBuilder().setChunk(megabyte).build());
    }
    refused(
        Status.Code.INVALID_ARGUMENT, "FILE_TOO_LARGE", () -> new ImportCalls(token).stream(parts));
    await().atMost(SOON).until(() -> files().isEmpty() && descriptors() == 0);
  }

  @Test
  void aCallerHasTwoFilesOnTheirWayAndNoMore() {
    Half first = new Half();
    Half second = new Half();
    await().atMost(SOON).until(() -> files().size() == 2);
    refused(
        Status.Code.RESOURCE_EXHAUSTED,
        "UPLOADS_UNDER_WAY",
        () -> new ImportCalls(token).send(ImportCalls.header().build(), new byte[1]));
    first.breakOff();
    second.breakOff();
    await().atMost(SOON).until(() -> files().isEmpty());
    Half third = new Half();
    await().atMost(SOON).until(() -> files().size() == 1);
    third.breakOff();
    await().atMost(SOON).until(() -> files().isEmpty());
  }

  @Test
  void aCallerHasFiveImportsWaitingAndNoMore() {
    String name = "waiting-" + UUID.randomUUID();
    String own = TestTokens.staff(Role.PLATFORM_ADMIN);
    CatalogImport mine = new ImportCalls(own).run(ImportCalls.header().build(), new byte[1]);
    sql("UPDATE catalog_import SET state = 'FAILED' WHERE state = 'RUNNING'");
    for (int i = 0; i < config.waitingPerCaller(); i++) {
      pool.preparedQuery(
              "INSERT INTO catalog_import (id, state, file_name, file_hash, default_brand_code,"
                  + " created_by, created_at, heartbeat_at) SELECT ?, 'RUNNING', ?, '', '',"
                  + " created_by, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) FROM catalog_import"
                  + " WHERE id = ?")
          .execute(SqlParams.tuple(Ids.next(), name, Ids.parse("id", mine.getImportId())))
          .await()
          .atMost(SOON);
    }
    refused(
        Status.Code.RESOURCE_EXHAUSTED,
        "IMPORTS_WAITING",
        () -> new ImportCalls(own).send(ImportCalls.header().build(), new byte[1]));
    sql("UPDATE catalog_import SET state = 'FAILED' WHERE state = 'RUNNING'");
    new ImportCalls(own).run(ImportCalls.header().build(), new byte[1]);
  }

  @Test
  void whatWasLeftBehindGoesByItsAge() throws IOException {
    Files.createDirectories(config.spool());
    Path old = Files.createTempFile(config.spool(), "import-", ".csv");
    Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Path used = spool.add();
    Files.setLastModifiedTime(used, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    Path young = Files.createTempFile(config.spool(), "import-", ".csv");
    spool.sweepOld();
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young) && Files.exists(used));
    spool.start(null);
    assertFalse(Files.exists(young), "no process before this one needs it");
    assertTrue(Files.exists(used));
    spool.remove(used);
    assertEquals(List.of(), files());
  }

  private void sql(String statement) {
    pool.query(statement).execute().await().atMost(SOON);
  }

  private List<Path> files() {
    if (!Files.isDirectory(config.spool())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(config.spool())) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long descriptors() throws IOException {
    String folder = config.spool().toRealPath().toString();
    long open = 0;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          open += Files.readSymbolicLink(descriptor).toString().startsWith(folder) ? 1 : 0;
        } catch (IOException closedMeanwhile) {
          continue;
        }
      }
    }
    return open;
  }

  /** An upload that has sent its header and a piece, and no more. */
  private final class Half implements ClientResponseObserver<StartImportRequest, CatalogImport> {
    final CompletableFuture<CatalogImport> answer = new CompletableFuture<>();
    private ClientCallStreamObserver<StartImportRequest> out;

    Half() {
      TestGrpc.as(token, CatalogImportsGrpc::newStub).startImport(this);
      out.onNext(StartImportRequest.newBuilder().setHeader(ImportCalls.header()).build());
      out.onNext(
          StartImportRequest.newBuilder().setChunk(ByteString.copyFrom(new byte[60_000])).build());
    }

    void breakOff() {
      out.cancel("the client went away", null);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<StartImportRequest> requestStream) {
      out = requestStream;
    }

    @Override
    public void onNext(CatalogImport value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new IllegalStateException("no answer"));
    }
  }
}
