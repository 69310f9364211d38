-- When the provider was last told to transfer, what it refused for good, and whether staff gave up: both mean that it is told no more.
ALTER TABLE withdrawals
  ADD COLUMN ordered_at DATETIME(6) NULL,
  ADD COLUMN refusal    VARCHAR(64) NOT NULL DEFAULT '',
  ADD COLUMN given_up   TINYINT     NOT NULL DEFAULT 0;

UPDATE withdrawals SET ordered_at = UTC_TIMESTAMP(6) WHERE state = 'PAYING';

-- What staff decided about a withdrawal; only ever added to.
CREATE TABLE withdrawal_decisions (
  id            BINARY(16)   NOT NULL,
  withdrawal_id BINARY(16)   NOT NULL,
  kind          VARCHAR(16)  NOT NULL,
  decided_by    VARCHAR(64)  NOT NULL,
  reason        VARCHAR(500) NOT NULL DEFAULT '',
  decided_at    DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  KEY withdrawal_decisions_by_withdrawal (withdrawal_id, id)
);
