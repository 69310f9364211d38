CREATE TABLE withdrawals (
  id               BINARY(16)   NOT NULL,
  -- Whose money it is, and the seat they had when they asked for it.
  member_id        BINARY(16)   NOT NULL,
  distributor_id   BINARY(16)   NOT NULL,
  state            VARCHAR(16)  NOT NULL,
  amount_fen       BIGINT       NOT NULL,
  fee_fen          BIGINT       NOT NULL,
  tax_fen          BIGINT       NOT NULL,
  bill_no          VARCHAR(32)  NOT NULL,
  provider_bill_no VARCHAR(64)  NOT NULL DEFAULT '',
  package_info     VARCHAR(1024) NOT NULL DEFAULT '',
  failure          VARCHAR(500) NOT NULL DEFAULT '',
  decided_by       VARCHAR(64)  NOT NULL DEFAULT '',
  tax_explanation  VARCHAR(500) NOT NULL DEFAULT '',
  business_day     DATE         NOT NULL,
  requested_at     DATETIME(6)  NOT NULL,
  approved_at      DATETIME(6)  NULL,
  finished_at      DATETIME(6)  NULL,
  -- When the provider is asked next, and how often it was asked.
  next_attempt_at  DATETIME(6)  NULL,
  attempts         INT          NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY withdrawals_bill (bill_no),
  KEY withdrawals_by_member (member_id, id),
  KEY withdrawals_by_day (member_id, business_day),
  KEY withdrawals_by_state (state, id),
  KEY withdrawals_due (state, next_attempt_at),
  CONSTRAINT withdrawals_parts CHECK (fee_fen >= 0 AND tax_fen >= 0 AND amount_fen > fee_fen + tax_fen)
);

-- The law as data: which way of withholding is in force from when, and its brackets.
CREATE TABLE tax_regimes (
  id                     VARCHAR(32) NOT NULL,
  kind                   VARCHAR(16) NOT NULL,
  effective_from         DATE        NOT NULL,
  expense_basis_points   INT         NOT NULL,
  monthly_deduction_fen  BIGINT      NOT NULL,
  small_limit_fen        BIGINT      NOT NULL,
  small_deduction_fen    BIGINT      NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE tax_brackets (
  regime_id           VARCHAR(32) NOT NULL,
  position            INT         NOT NULL,
  -- The last fen of taxable income in the bracket; null: no upper end.
  up_to_fen           BIGINT      NULL,
  rate_basis_points   INT         NOT NULL,
  quick_deduction_fen BIGINT      NOT NULL,
  PRIMARY KEY (regime_id, position)
);

INSERT INTO tax_regimes VALUES
  ('labour-2018', 'PER_PAYMENT', '2019-01-01', 2000,      0, 400000, 80000),
  ('platform-2025', 'CUMULATIVE', '2025-10-01', 2000, 500000,      0,     0);

INSERT INTO tax_brackets VALUES
  ('labour-2018', 1,  2000000, 2000,      0),
  ('labour-2018', 2,  5000000, 3000, 200000),
  ('labour-2018', 3,     NULL, 4000, 700000),
  ('platform-2025', 1,  3600000,  300,        0),
  ('platform-2025', 2, 14400000, 1000,   252000),
  ('platform-2025', 3, 30000000, 2000,  1692000),
  ('platform-2025', 4, 42000000, 2500,  3192000),
  ('platform-2025', 5, 66000000, 3000,  5292000),
  ('platform-2025', 6, 96000000, 3500,  8592000),
  ('platform-2025', 7,     NULL, 4500, 18192000);

-- Which members are known to be one and the same person: taxes add up over all of them. A member is a
-- person of their own until something proves them to be another's (identity_marks).
CREATE TABLE people (
  member_id BINARY(16) NOT NULL,
  person_id BINARY(16) NOT NULL,
  PRIMARY KEY (member_id),
  KEY people_by_person (person_id)
);

-- What a person is known by again, as a keyed hash: an identity number, or a real name with a phone.
CREATE TABLE identity_marks (
  mark      VARCHAR(64) NOT NULL,
  person_id BINARY(16)  NOT NULL,
  PRIMARY KEY (mark),
  KEY identity_marks_by_person (person_id)
);

-- The lock of a person's tax year.
CREATE TABLE tax_years (
  person_id BINARY(16) NOT NULL,
  tax_year  INT        NOT NULL,
  PRIMARY KEY (person_id, tax_year)
);

-- What was withheld for which withdrawal. VOID once the transfer failed: then it counts no longer.
CREATE TABLE tax_items (
  withdrawal_id  BINARY(16)  NOT NULL,
  member_id      BINARY(16)  NOT NULL,
  tax_day        DATE        NOT NULL,
  tax_year       INT         NOT NULL,
  tax_month      INT         NOT NULL,
  regime_id      VARCHAR(32) NOT NULL,
  income_fen     BIGINT      NOT NULL,
  tax_fen        BIGINT      NOT NULL,
  state          VARCHAR(8)  NOT NULL,
  PRIMARY KEY (withdrawal_id),
  KEY tax_items_by_member (member_id, tax_year)
);
