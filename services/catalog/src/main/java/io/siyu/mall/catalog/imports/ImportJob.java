package io.siyu.mall.catalog.imports;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One import of a file.
 *
 * @param fileHash SHA-256, hex
 * @param defaultBrandCode the brand of rows that name none; empty for none
 * @param createdBy as {@code Caller.key()}
 * @param failure a sentence, when it stopped
 * @param finishedAt null while it runs
 * @param unusedColumns names of columns that nobody reads
 */
public record ImportJob(
    UUID id,
    ImportState state,
    String fileName,
    String fileHash,
    String defaultBrandCode,
    String createdBy,
    ImportCounts counts,
    String failure,
    Instant createdAt,
    Instant finishedAt,
    List<String> unusedColumns) {

  /** A new one. */
  public static ImportJob start(
      UUID id, String fileName, String fileHash, String brandCode, String by, Instant now) {
    return new ImportJob(
        id,
        ImportState.RUNNING,
        fileName,
        fileHash,
        brandCode,
        by,
        ImportCounts.NONE,
        "",
        now,
        null,
        List.of());
  }
}
