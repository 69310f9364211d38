package io.siyu.mall.gateway.admin;

import io.grpc.Channel;
import io.quarkus.grpc.GrpcClient;
import io.siyu.mall.gateway.admin.ImportViews.AdminCatalogImport;
import io.siyu.mall.gateway.admin.ImportViews.AdminImportError;
import io.siyu.mall.gateway.error.Problem;
import io.siyu.mall.gateway.error.ProblemException;
import io.siyu.mall.gateway.error.Reasons;
import io.siyu.mall.gateway.http.HttpConfig;
import io.siyu.mall.gateway.http.IdempotencyKeys;
import io.siyu.mall.gateway.http.Page;
import io.siyu.mall.gateway.http.PageQuery;
import io.siyu.mall.gateway.http.Upload;
import io.siyu.mall.gateway.upstream.CallerToken;
import io.siyu.mall.gateway.wire.Text;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.CatalogImports;
import io.siyu.mall.proto.catalog.v1.CatalogImportsGrpc;
import io.siyu.mall.proto.catalog.v1.GetImportRequest;
import io.siyu.mall.proto.catalog.v1.ListImportErrorsRequest;
import io.siyu.mall.proto.catalog.v1.ListImportsRequest;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** Goods from CSV files. */
@Path(Admin.ROOT + "/catalog-imports")
@Tag(name = "商品导入 Imports")
public class CatalogImportResource {

  @GrpcClient("catalog")
  CatalogImports imports;

  @GrpcClient("catalog")
  Channel catalog;

  @Inject HttpConfig config;

  @POST
  @Upload
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN})
  @ResponseStatus(202)
  @Operation(summary = "上传商品 CSV（字段 file）；按行导入，进度与错误行另查")
  public Uni<AdminCatalogImport> startImport(
      @HeaderParam(IdempotencyKeys.HEADER) String requestId,
      @RestForm("file") FileUpload file,
      @RestForm("defaultBrandCode") @Text(TextType.BRAND_CODE) String defaultBrandCode,
      @RestForm("createBrands") boolean createBrands) {
    if (file == null) {
      throw ProblemException.invalid(Reasons.FILE_REQUIRED, "file", "请在 multipart 字段 file 中上传 CSV");
    }
    checkSize(file);
    StartImportRequest.Header header =
        StartImportRequest.Header.newBuilder()
            .setRequestId(requestId)
            .setFileName(Wire.orEmpty(file.fileName()))
            .setDefaultBrandCode(Wire.orEmpty(defaultBrandCode))
            .setCreateBrands(createBrands)
            .build();
    return CatalogUpload.send(
            CallerToken.carry(CatalogImportsGrpc.newStub(catalog)), header, file.uploadedFile())
        .map(AdminCatalogImport::of);
  }

  private void checkSize(FileUpload file) {
    if (file.size() > config.limits().importBytes()) {
      throw new ProblemException(
          Problem.of(
              413,
              Reasons.FILE_TOO_LARGE,
              "文件过大，最多 " + config.limits().importBytes() + " 字节，请拆成几个文件分别上传"));
    }
  }

  @GET
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.AUDITOR})
  @Operation(summary = "导入记录")
  public Uni<Page<AdminCatalogImport>> listImports(@Valid @BeanParam PageQuery page) {
    return imports
        .listImports(
            ListImportsRequest.newBuilder()
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getImportsList(), AdminCatalogImport::of, r.getNextPageToken()));
  }

  @GET
  @Path("/{importId}")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.AUDITOR})
  @Operation(summary = "导入进度")
  public Uni<AdminCatalogImport> getImport(String importId) {
    return imports
        .getImport(GetImportRequest.newBuilder().setImportId(importId).build())
        .map(AdminCatalogImport::of);
  }

  @GET
  @Path("/{importId}/errors")
  @RolesAllowed({Admin.PLATFORM_ADMIN, Admin.BRAND_ADMIN, Admin.AUDITOR})
  @Operation(summary = "被拒绝的行，以及已导入但有改动未生效的行（taken）")
  public Uni<Page<AdminImportError>> listImportErrors(
      String importId, @Valid @BeanParam PageQuery page) {
    return imports
        .listImportErrors(
            ListImportErrorsRequest.newBuilder()
                .setImportId(importId)
                .setPageSize(page.size())
                .setPageToken(page.token())
                .build())
        .map(r -> Page.of(r.getErrorsList(), AdminImportError::of, r.getNextPageToken()));
  }
}
