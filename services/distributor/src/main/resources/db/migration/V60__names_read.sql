-- Who of the staff read the names of a correction in clear, and when; only ever added to.
CREATE TABLE name_correction_reads (
  id            BINARY(16)  NOT NULL,
  correction_id BINARY(16)  NOT NULL,
  read_by       VARCHAR(64) NOT NULL,
  read_at       DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY name_correction_reads_by_correction (correction_id, id)
);
