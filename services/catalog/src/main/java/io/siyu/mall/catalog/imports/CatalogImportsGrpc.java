package io.siyu.mall.catalog.imports;

import com.google.protobuf.ByteString;
import io.quarkus.grpc.GrpcService;
import io.siyu.mall.catalog.brand.BrandQueries;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.id.Ids;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.platform.paging.PageSize;
import io.siyu.mall.platform.sql.SqlTransaction;
import io.siyu.mall.proto.catalog.v1.CatalogGrpc;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.CatalogImports;
import io.siyu.mall.proto.catalog.v1.GetImportRequest;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsRequest;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsResponse;
import io.siyu.mall.proto.catalog.v1.ListImportsRequest;
import io.siyu.mall.proto.catalog.v1.ListImportsResponse;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.UUID;

/** The endpoint of imports. */
@GrpcService
public class CatalogImportsGrpc implements CatalogImports {

  private final StartImport startImport;
  private final ImportQueries queries;
  private final BrandQueries brandQueries;
  private final Idempotency idempotency;
  private final Spool spool;
  private final UploadSlots slots;
  private final ImportConfig config;

  CatalogImportsGrpc(
      StartImport startImport,
      ImportQueries queries,
      BrandQueries brandQueries,
      Idempotency idempotency,
      Spool spool,
      UploadSlots slots,
      ImportConfig config) {
    this.startImport = startImport;
    this.queries = queries;
    this.brandQueries = brandQueries;
    this.idempotency = idempotency;
    this.spool = spool;
    this.slots = slots;
    this.config = config;
  }

  /** The file goes to disk as it comes; nothing is stored before it is whole. */
  @Override
  public Uni<CatalogImport> startImport(Multi<StartImportRequest> parts) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Caller caller = Caller.current();
              return slots.during(caller, receive(caller, Vertx.currentContext(), parts));
            });
  }

  private Uni<CatalogImport> receive(
      Caller caller, Context context, Multi<StartImportRequest> parts) {
    Upload upload = new Upload(spool, config.maxBytes());
    return parts
        .ifNoItem()
        .after(config.uploadIdle())
        .failWith(
            () ->
                new DomainException(Kind.ABORTED, "UPLOAD_BROKEN_OFF", "nothing came for too long"))
        .onItem()
        .transformToUniAndConcatenate(
            part ->
                Uni.createFrom()
                    .item(
                        () -> {
                          check(caller, part);
                          upload.accept(part);
                          return part;
                        })
                    .runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
        .collect()
        .last()
        .map(last -> upload.finish())
        .emitOn(command -> context.runOnContext(ignored -> command.run()))
        .chain(hash -> start(caller, upload, hash))
        .onFailure()
        .invoke(upload::discard)
        .onCancellation()
        .invoke(upload::discard);
  }

  /** A header that cannot be is refused before the file's bytes are taken. */
  private static void check(Caller caller, StartImportRequest part) {
    if (!part.hasHeader()) {
      return;
    }
    StartImportRequest.Header header = part.getHeader();
    Validation.start().required(TextType.FILE_NAME, "file_name", header.getFileName()).check();
    if (header.getCreateBrands()) {
      caller.require(CatalogGrpc.getCreateBrandMethod());
    }
    if (!header.getDefaultBrandCode().isEmpty()) {
      caller.requireBrand(header.getDefaultBrandCode());
    }
  }

  private Uni<CatalogImport> start(Caller caller, Upload upload, String hash) {
    StartImportRequest.Header header = upload.header();
    ImportOrder order =
        new ImportOrder(
            Ids.next(),
            upload.file(),
            header.getFileName(),
            header.getDefaultBrandCode(),
            header.getCreateBrands(),
            caller);
    // The same request is the same header and the same file.
    StartImportRequest body =
        StartImportRequest.newBuilder()
            .setChunk(header.toByteString().concat(ByteString.copyFromUtf8(hash)))
            .build();
    return idempotency
        .onceSql(
            RequestKey.of("catalog.StartImport", header.getRequestId(), body),
            CatalogImport.parser(),
            () -> knownBrand(header.getDefaultBrandCode()),
            (known, sql) ->
                startImport.writeDown(SqlTransaction.of(sql), order, hash).map(ImportsProto::to))
        .invoke(
            answer -> {
              if (answer.getImportId().equals(order.importId().toString())) {
                startImport.run(order);
              } else {
                upload.discard();
              }
            });
  }

  private Uni<Void> knownBrand(String code) {
    return code.isEmpty()
        ? Uni.createFrom().voidItem()
        : brandQueries.byCode(Caller.current(), code).replaceWithVoid();
  }

  @Override
  public Uni<CatalogImport> getImport(GetImportRequest request) {
    Caller caller = Caller.current();
    return queries.get(caller, Ids.parse("import_id", request.getImportId())).map(ImportsProto::to);
  }

  @Override
  public Uni<ListImportsResponse> listImports(ListImportsRequest request) {
    Caller caller = Caller.current();
    return queries
        .list(caller, PageSize.of(request.getPageSize()), request.getPageToken())
        .map(
            page ->
                ListImportsResponse.newBuilder()
                    .addAllImports(page.imports().stream().map(ImportsProto::to).toList())
                    .setNextPageToken(page.nextPageToken())
                    .build());
  }

  @Override
  public Uni<ListImportErrorsResponse> listImportErrors(ListImportErrorsRequest request) {
    Caller caller = Caller.current();
    UUID id = Ids.parse("import_id", request.getImportId());
    int size = PageSize.of(request.getPageSize());
    return queries
        .get(caller, id)
        .chain(job -> queries.errors(id, size, request.getPageToken()))
        .map(
            page ->
                ListImportErrorsResponse.newBuilder()
                    .addAllErrors(page.errors().stream().map(ImportsProto::to).toList())
                    .setNextPageToken(page.nextPageToken())
                    .build());
  }
}
