-- Which cases are open: finance sees them beside every withdrawal.
CREATE INDEX case_facts_open ON case_facts (ended_at, order_line_id);

-- Whom taxes are withheld from. Empty as long as it is not known; the marks are keyed hashes.
ALTER TABLE distributors
  ADD COLUMN id_number        VARCHAR(256) NOT NULL DEFAULT '',
  ADD COLUMN id_number_masked VARCHAR(32)  NOT NULL DEFAULT '',
  ADD COLUMN name_mark        VARCHAR(64)  NOT NULL DEFAULT '',
  ADD COLUMN id_number_mark   VARCHAR(64)  NOT NULL DEFAULT '';

-- Corrections of real names; who decided, when and why stays.
CREATE TABLE name_corrections (
  id               BINARY(16)   NOT NULL,
  member_id        BINARY(16)   NOT NULL,
  distributor_id   BINARY(16)   NOT NULL,
  state            VARCHAR(16)  NOT NULL,
  old_name_masked  VARCHAR(64)  NOT NULL,
  new_name         VARCHAR(512) NOT NULL,
  new_name_masked  VARCHAR(64)  NOT NULL,
  id_number        VARCHAR(256) NOT NULL,
  id_number_masked VARCHAR(32)  NOT NULL,
  reason           VARCHAR(500) NOT NULL,
  requested_at     DATETIME(6)  NOT NULL,
  decided_by       VARCHAR(64)  NOT NULL DEFAULT '',
  decision_reason  VARCHAR(500) NOT NULL DEFAULT '',
  decided_at       DATETIME(6)  NULL,
  -- One at a time.
  open_member      BINARY(16) GENERATED ALWAYS AS (CASE WHEN state = 'REQUESTED' THEN member_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY name_corrections_open (open_member),
  KEY name_corrections_by_member (member_id, id),
  KEY name_corrections_by_state (state, id)
);
