package io.siyu.mall.catalog.imports;

import io.siyu.mall.platform.proto.ProtoIds;
import io.siyu.mall.platform.proto.ProtoTime;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.ImportError;

/** Imports on the wire. */
final class ImportsProto {

  private ImportsProto() {}

  static CatalogImport to(ImportJob job) {
    ImportCounts counts = job.counts();
    CatalogImport.Builder proto =
        CatalogImport.newBuilder()
            .setImportId(ProtoIds.to(job.id()))
            .setState(CatalogImport.State.valueOf(job.state().name()))
            .setFileName(job.fileName())
            .setFileHash(job.fileHash())
            .setRowsRead(counts.rowsRead())
            .setRowsRefused(counts.rowsRefused())
            .setRowsNoted(counts.rowsNoted())
            .setProductsCreated(counts.productsCreated())
            .setProductsChanged(counts.productsChanged())
            .setProductsUnchanged(counts.productsUnchanged())
            .setSkusCreated(counts.skusCreated())
            .setSkusChanged(counts.skusChanged())
            .setSkusUnchanged(counts.skusUnchanged())
            .addAllUnusedColumns(job.unusedColumns())
            .setFailure(job.failure())
            .setCreatedAt(ProtoTime.to(job.createdAt()));
    if (job.finishedAt() != null) {
      proto.setFinishedAt(ProtoTime.to(job.finishedAt()));
    }
    return proto.build();
  }

  static ImportError to(RowError error) {
    return ImportError.newBuilder()
        .setLine(error.line())
        .setColumn(error.column())
        .setReason(error.reason())
        .setMessage(error.message())
        .setTaken(error.taken())
        .build();
  }
}
