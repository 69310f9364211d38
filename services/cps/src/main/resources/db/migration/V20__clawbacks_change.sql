-- A claw-back can be decided, and decided otherwise later: of each number the newest document holds. Its documents are
-- kept with those of the order. amount_fen is commission and subsidy together, after fees.
INSERT IGNORE INTO cps_documents (order_id, hash, document, seen_at)
  SELECT order_id, UNHEX(SHA2(document, 256)), document, told_at FROM clawbacks;
ALTER TABLE clawbacks
  ADD COLUMN subsidy_fen BIGINT      NOT NULL DEFAULT 0,
  ADD COLUMN fee_fen     BIGINT      NOT NULL DEFAULT 0,
  ADD COLUMN raised_at   DATETIME(6) NULL,
  ADD COLUMN decided_at  DATETIME(6) NULL,
  ADD COLUMN modified_at DATETIME(6) NULL,
  ADD COLUMN hash        BINARY(32)  NULL,
  -- When the platform was last asked for it again; NULL: never.
  ADD COLUMN asked_at    DATETIME(6) NULL;
UPDATE clawbacks SET raised_at = told_at, modified_at = told_at, hash = UNHEX(SHA2(document, 256)),
  decided_at = CASE WHEN state = 'OPEN' THEN NULL ELSE told_at END;
ALTER TABLE clawbacks
  MODIFY raised_at   DATETIME(6) NOT NULL,
  MODIFY modified_at DATETIME(6) NOT NULL,
  MODIFY hash        BINARY(32)  NOT NULL,
  DROP KEY clawbacks_open,
  DROP COLUMN told_at,
  DROP COLUMN document,
  ADD KEY clawbacks_open (platform, state, raised_at),
  ADD KEY clawbacks_by_decision (platform, state, decided_at);
