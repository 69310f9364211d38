package io.siyu.mall.catalog.imports;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.siyu.mall.catalog.CatalogFixture;
import io.siyu.mall.platform.test.TestGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.GetImportRequest;
import io.siyu.mall.proto.catalog.v1.ImportError;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsRequest;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsResponse;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The endpoint of imports as somebody calls it. */
final class ImportCalls {

  private static final int CHUNK = 64 * 1024;

  private final String token;

  ImportCalls(String token) {
    this.token = token;
  }

  static StartImportRequest.Header.Builder header() {
    return StartImportRequest.Header.newBuilder()
        .setRequestId(CatalogFixture.requestId())
        .setFileName("goods.csv")
        .setCreateBrands(true);
  }

  /** Sends a file and does not wait for its rows. */
  CatalogImport send(StartImportRequest.Header header, byte[] file) {
    List<StartImportRequest> parts = new ArrayList<>();
    parts.add(StartImportRequest.newBuilder().setHeader(header).build());
    for (int from = 0; from < file.length; from += CHUNK) {
      ByteString chunk = ByteString.copyFrom(file, from, Math.min(CHUNK, file.length - from));
      parts.add(StartImportRequest.newBuilder().setChunk(chunk).build());
    }
    return stream(parts);
  }

  /** Sends these messages. */
  CatalogImport stream(List<StartImportRequest> parts) {
    CompletableFuture<CatalogImport> answer = new CompletableFuture<>();
    StreamObserver<StartImportRequest> upload =
        TestGrpc.as(token, CatalogImportsGrpc::newStub)
            .startImport(
                new StreamObserver<>() {
                  @Override
                  public void onNext(CatalogImport started) {
                    answer.complete(started);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                  }
                });
    parts.forEach(upload::onNext);
    upload.onCompleted();
    try {
      return answer.join();
    } catch (java.util.concurrent.CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  /** Sends a file and waits until its rows are taken. */
  CatalogImport run(StartImportRequest.Header header, byte[] file) {
    return finished(send(header, file).getImportId());
  }

  CatalogImport finished(String importId) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(importId), found -> found.getState() != CatalogImport.State.RUNNING);
  }

  CatalogImport get(String importId) {
    return stub().getImport(GetImportRequest.newBuilder().setImportId(importId).build());
  }

  List<ImportError> errors(String importId) {
    List<ImportError> errors = new ArrayList<>();
    ListImportErrorsRequest.Builder request =
        ListImportErrorsRequest.newBuilder().setImportId(importId).setPageSize(3);
    ListImportErrorsResponse page;
    do {
      page = stub().listImportErrors(request.build());
      errors.addAll(page.getErrorsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return errors;
  }

  CatalogImportsGrpc.CatalogImportsBlockingStub stub() {
    return TestGrpc.as(token, CatalogImportsGrpc::newBlockingStub);
  }
}
