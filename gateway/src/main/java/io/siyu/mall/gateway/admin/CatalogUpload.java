package io.siyu.mall.gateway.admin;

import com.google.protobuf.ByteString;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc.CatalogImportsStub;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends a file piece by piece, as fast as the service takes it and no faster: at most a few pieces
 * are in memory whatever the size of the file. Reading is done on a worker thread.
 */
final class CatalogUpload implements ClientResponseObserver<StartImportRequest, CatalogImport> {

  private static final int PIECE_BYTES = 64 * 1024;

  private final StartImportRequest.Header header;
  private final InputStream file;
  private final UniEmitter<? super CatalogImport> emitter;
  private final Executor worker = Infrastructure.getDefaultWorkerPool();
  private final AtomicBoolean finished = new AtomicBoolean();

  /** How often the pump was asked for; whoever takes it from 0 to 1 runs it. */
  private final AtomicInteger wanted = new AtomicInteger();

  private ClientCallStreamObserver<StartImportRequest> out;
  private boolean headerSent;
  private boolean allSent;

  private CatalogUpload(
      StartImportRequest.Header header,
      InputStream file,
      UniEmitter<? super CatalogImport> emitter) {
    this.header = header;
    this.file = file;
    this.emitter = emitter;
  }

  /** Sends the file and gives the import that the service made of it. */
  static Uni<CatalogImport> send(
      CatalogImportsStub stub, StartImportRequest.Header header, Path path) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              try {
                start(stub, new CatalogUpload(header, Files.newInputStream(path), emitter));
              } catch (IOException | RuntimeException e) {
                emitter.fail(e);
              }
            });
  }

  private static void start(CatalogImportsStub stub, CatalogUpload upload) {
    try {
      stub.startImport(upload);
    } catch (RuntimeException e) {
      upload.finish();
      throw e;
    }
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StartImportRequest> requestStream) {
    out = requestStream;
    out.setOnReadyHandler(this::pumpLater);
    emitter.onTermination(
        () -> {
          if (!finished.get()) {
            out.cancel("the client went away", null);
          }
        });
  }

  private void pumpLater() {
    if (wanted.getAndIncrement() == 0) {
      worker.execute(this::pump);
    }
  }

  private void pump() {
    int seen;
    do {
      seen = wanted.get();
      try {
        sendWhileReady();
      } catch (IOException | RuntimeException e) {
        finish();
        out.cancel("the file cannot be read", e);
        emitter.fail(e);
        return;
      }
    } while (!wanted.compareAndSet(seen, 0));
  }

  private void sendWhileReady() throws IOException {
    while (!allSent && !finished.get() && out.isReady()) {
      if (!headerSent) {
        headerSent = true;
        out.onNext(StartImportRequest.newBuilder().setHeader(header).build());
        continue;
      }
      byte[] piece = file.readNBytes(PIECE_BYTES);
      if (piece.length == 0) {
        allSent = true;
        out.onCompleted();
      } else {
        out.onNext(StartImportRequest.newBuilder().setChunk(ByteString.copyFrom(piece)).build());
      }
    }
  }

  @Override
  public void onNext(CatalogImport value) {
    finish();
    emitter.complete(value);
  }

  @Override
  public void onError(Throwable failure) {
    finish();
    emitter.fail(failure);
  }

  @Override
  public void onCompleted() {
    if (finished.compareAndSet(false, true)) {
      emitter.fail(new IllegalStateException("the import ended without an answer"));
    }
  }

  private void finish() {
    finished.set(true);
    try {
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException("an uploaded file cannot be closed", e);
    }
  }
}
