-- What an import has left as it was: rows that were taken with a note, SKUs without a change, columns that nobody reads.
ALTER TABLE catalog_import
  ADD COLUMN rows_noted BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN skus_unchanged BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN unused_columns VARCHAR(6000) NOT NULL DEFAULT '[]',
  ADD KEY catalog_import_of_caller (created_by, state);

ALTER TABLE catalog_import_error
  ADD COLUMN taken BOOLEAN NOT NULL DEFAULT FALSE;
