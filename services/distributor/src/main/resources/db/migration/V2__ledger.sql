-- What is known of orders: facts, stored as they come in any order. Everything the ledger books is
-- derived from them.

CREATE TABLE order_facts (
  order_id     BINARY(16)  NOT NULL,
  order_no     VARCHAR(40) NULL,
  member_id    BINARY(16)  NULL,
  brand_id     BINARY(16)  NULL,
  brand_code   VARCHAR(64) NULL,
  placed_at    DATETIME(6) NULL,
  paid_at      DATETIME(6) NULL,
  received_at  DATETIME(6) NULL,
  window_until DATETIME(6) NULL,
  completed_at DATETIME(6) NULL,
  closed_at    DATETIME(6) NULL,
  PRIMARY KEY (order_id)
);

CREATE TABLE line_facts (
  order_line_id     BINARY(16)     NOT NULL,
  order_id          BINARY(16)     NOT NULL,
  sku_id            VARCHAR(64)    NULL,
  product_id        VARCHAR(64)    NULL,
  title             VARCHAR(255)   NULL,
  quantity          BIGINT         NULL,
  paid_fen          BIGINT         NULL,
  -- The frozen mall.common.v1.LineAttribution, as it came; touch_id is repeated for the share's figures.
  attribution       VARBINARY(4096) NULL,
  touch_id          BINARY(16)     NULL,
  refunded_quantity BIGINT         NOT NULL DEFAULT 0,
  refunded_fen      BIGINT         NOT NULL DEFAULT 0,
  PRIMARY KEY (order_line_id),
  KEY line_facts_by_order (order_id),
  KEY line_facts_by_touch (touch_id)
);

CREATE TABLE case_facts (
  case_id       BINARY(16)  NOT NULL,
  order_id      BINARY(16)  NOT NULL,
  order_line_id BINARY(16)  NOT NULL,
  opened_at     DATETIME(6) NULL,
  ended_at      DATETIME(6) NULL,
  PRIMARY KEY (case_id),
  KEY case_facts_by_order (order_id)
);

-- Each refund alone, for the explanation; the sums are in line_facts.
CREATE TABLE refund_facts (
  refund_id     VARCHAR(64) NOT NULL,
  order_line_id BINARY(16)  NOT NULL,
  quantity      BIGINT      NOT NULL,
  amount_fen    BIGINT      NOT NULL,
  refunded_at   DATETIME(6) NULL,
  PRIMARY KEY (order_line_id, refund_id)
);

-- One per order line, level: what it earned and where that stands.
CREATE TABLE commissions (
  id             BINARY(16)  NOT NULL,
  order_line_id  BINARY(16)  NOT NULL,
  level          VARCHAR(8)  NOT NULL,
  source         VARCHAR(12) NOT NULL,
  order_id       BINARY(16)  NOT NULL,
  distributor_id BINARY(16)  NOT NULL,
  base_fen       BIGINT      NOT NULL,
  earned_fen     BIGINT      NOT NULL,
  reversed_fen   BIGINT      NOT NULL,
  pending_fen    BIGINT      NOT NULL,
  frozen_fen     BIGINT      NOT NULL,
  released_fen   BIGINT      NOT NULL,
  paused         TINYINT     NOT NULL,
  created_at     DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY commissions_once (order_line_id, level),
  KEY commissions_by_distributor (distributor_id, id),
  KEY commissions_by_order (order_id),
  CONSTRAINT commissions_add_up CHECK (earned_fen - reversed_fen = pending_fen + frozen_fen + released_fen),
  CONSTRAINT commissions_not_negative CHECK
    (reversed_fen >= 0 AND pending_fen >= 0 AND frozen_fen >= 0 AND released_fen >= 0)
);

-- The journal. Append only; one entry per (source, line, beneficiary, level, event).
CREATE TABLE ledger_entries (
  id          BINARY(16)  NOT NULL,
  source      VARCHAR(12) NOT NULL,
  source_id   BINARY(16)  NOT NULL,
  beneficiary BINARY(16)  NOT NULL,
  level       VARCHAR(8)  NOT NULL,
  event       VARCHAR(96) NOT NULL,
  at          DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY ledger_entries_once (source, source_id, beneficiary, level, event)
);

CREATE TABLE postings (
  id            BINARY(16)  NOT NULL,
  entry_id      BINARY(16)  NOT NULL,
  owner_kind    VARCHAR(12) NOT NULL,
  owner_id      BINARY(16)  NOT NULL,
  bucket        VARCHAR(12) NOT NULL,
  amount_fen    BIGINT      NOT NULL,
  commission_id BINARY(16)  NULL,
  withdrawal_id BINARY(16)  NULL,
  PRIMARY KEY (id),
  KEY postings_by_entry (entry_id),
  KEY postings_by_owner (owner_kind, owner_id, id),
  KEY postings_by_commission (commission_id, id),
  KEY postings_by_withdrawal (withdrawal_id, id),
  CONSTRAINT postings_not_zero CHECK (amount_fen <> 0)
);

-- The running balances of a member, whatever seats they sell or sold by: one row, so one lock. There
-- is no such row for brands, the platform or the tax office: theirs is the sum of their postings, and
-- no order waits for another order of the same brand.
CREATE TABLE accounts (
  member_id       BINARY(16) NOT NULL,
  -- The member that this one was merged into; then everything is booked there.
  merged_into     BINARY(16) NULL,
  pending_fen     BIGINT     NOT NULL DEFAULT 0,
  frozen_fen      BIGINT     NOT NULL DEFAULT 0,
  available_fen   BIGINT     NOT NULL DEFAULT 0,
  withdrawing_fen BIGINT     NOT NULL DEFAULT 0,
  paid_out_fen    BIGINT     NOT NULL DEFAULT 0,
  -- Negative while something is owed.
  debt_fen        BIGINT     NOT NULL DEFAULT 0,
  PRIMARY KEY (member_id),
  CONSTRAINT accounts_signs CHECK (pending_fen >= 0 AND frozen_fen >= 0 AND available_fen >= 0
    AND withdrawing_fen >= 0 AND paid_out_fen >= 0 AND debt_fen <= 0),
  CONSTRAINT accounts_debt_or_available CHECK (available_fen = 0 OR debt_fen = 0),
  CONSTRAINT accounts_empty_when_merged CHECK (merged_into IS NULL OR (pending_fen = 0 AND frozen_fen = 0
    AND available_fen = 0 AND withdrawing_fen = 0 AND paid_out_fen = 0 AND debt_fen = 0))
);
