package io.siyu.mall.gateway.admin;

import io.siyu.mall.gateway.openapi.Nullable;
import io.siyu.mall.gateway.wire.Wire;
import io.siyu.mall.proto.catalog.v1.CatalogImport;
import io.siyu.mall.proto.catalog.v1.ImportError;
import java.time.Instant;
import java.util.List;

/** Imports of goods from files. */
final class ImportViews {

  private ImportViews() {}

  /** Where an import stands. */
  public enum ImportState {
    RECEIVING,
    RUNNING,
    SUCCEEDED,
    SUCCEEDED_WITH_ERRORS,
    FAILED
  }

  /**
   * An import and its progress.
   *
   * @param rowsNoted rows that were taken, with a change that was not made
   * @param unusedColumns names of columns that nobody reads
   */
  public record AdminCatalogImport(
      String importId,
      ImportState state,
      String fileName,
      @Nullable String fileHash,
      long rowsRead,
      long rowsRefused,
      long rowsNoted,
      long productsCreated,
      long productsChanged,
      long productsUnchanged,
      long skusCreated,
      long skusChanged,
      long skusUnchanged,
      List<String> unusedColumns,
      @Nullable String failure,
      @Nullable Instant createdAt,
      @Nullable Instant finishedAt) {

    static AdminCatalogImport of(CatalogImport i) {
      return new AdminCatalogImport(
          i.getImportId(),
          Wire.read(ImportState.class, i.getState()),
          i.getFileName(),
          Wire.text(i.getFileHash()),
          i.getRowsRead(),
          i.getRowsRefused(),
          i.getRowsNoted(),
          i.getProductsCreated(),
          i.getProductsChanged(),
          i.getProductsUnchanged(),
          i.getSkusCreated(),
          i.getSkusChanged(),
          i.getSkusUnchanged(),
          List.copyOf(i.getUnusedColumnsList()),
          Wire.text(i.getFailure()),
          Wire.instant(i.hasCreatedAt(), i.getCreatedAt()),
          Wire.instant(i.hasFinishedAt(), i.getFinishedAt()));
    }
  }

  /**
   * A row that was refused or, {@code taken}, one of whose changes was not made; the header is line
   * 1.
   */
  public record AdminImportError(
      long line, @Nullable String column, String reason, String message, boolean taken) {

    static AdminImportError of(ImportError e) {
      return new AdminImportError(
          e.getLine(), Wire.text(e.getColumn()), e.getReason(), e.getMessage(), e.getTaken());
    }
  }
}
