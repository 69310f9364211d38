-- A distributor's id at an outside platform: goes out with their links and comes back with the orders.
-- The upline is the one they had when they last made a link.
CREATE TABLE sub_affiliates (
  platform         VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distributor_id   BINARY(16)  NOT NULL,
  sub_affiliate_id VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  upline_id        BINARY(16)  NULL,
  created_at       DATETIME(6) NOT NULL,
  PRIMARY KEY (platform, distributor_id),
  UNIQUE KEY sub_affiliates_once (platform, sub_affiliate_id)
);

-- What part of a commission is passed on. The version in force when an order was made stays with it.
CREATE TABLE share_policies (
  version             BIGINT      NOT NULL,
  direct_basis_points INT         NOT NULL,
  upline_basis_points INT         NOT NULL,
  effective_from      DATETIME(6) NOT NULL,
  PRIMARY KEY (version),
  CONSTRAINT share_policies_within CHECK (direct_basis_points >= 0 AND upline_basis_points >= 0
    AND direct_basis_points + upline_basis_points <= 10000)
);
INSERT INTO share_policies VALUES (1, 7000, 1000, '2020-01-01 00:00:00');

CREATE TABLE links (
  id               BINARY(16)   NOT NULL,
  platform         VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distributor_id   BINARY(16)   NOT NULL,
  sub_affiliate_id VARCHAR(80)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item_id          VARCHAR(120) NOT NULL,
  url              VARCHAR(2048) NOT NULL,
  short_url        VARCHAR(512) NOT NULL,
  created_at       DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  KEY links_by_distributor (distributor_id, id)
);

-- One row per platform, order and sub-order; the id follows from the three.
CREATE TABLE cps_orders (
  id                  BINARY(16)   NOT NULL,
  platform            VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_no            VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sub_order_no        VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state               VARCHAR(12)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  title               VARCHAR(255) NOT NULL,
  item_id             VARCHAR(80)  NOT NULL,
  quantity            BIGINT       NOT NULL,
  paid_fen            BIGINT       NOT NULL,
  estimated_fen       BIGINT       NOT NULL,
  settled_fen         BIGINT       NULL,
  clawed_back_fen     BIGINT       NOT NULL,
  sub_affiliate_id    VARCHAR(80)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  created_at          DATETIME(6)  NOT NULL,
  paid_at             DATETIME(6)  NULL,
  received_at         DATETIME(6)  NULL,
  settled_at          DATETIME(6)  NULL,
  modified_at         DATETIME(6)  NOT NULL,
  document_hash       BINARY(32)   NOT NULL,
  payable_from        DATETIME(6)  NULL,
  payable             TINYINT      NOT NULL,
  credit_reason       VARCHAR(16)  NULL,
  distributor_id      BINARY(16)   NULL,
  upline_id           BINARY(16)   NULL,
  policy_version      BIGINT       NULL,
  direct_basis_points INT          NULL,
  upline_basis_points INT          NULL,
  revision            BIGINT       NOT NULL,
  -- When the platform was last asked for it again; NULL: never.
  asked_at            DATETIME(6)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY cps_orders_once (platform, order_no, sub_order_no),
  KEY cps_orders_by_distributor (distributor_id, created_at, id),
  KEY cps_orders_by_upline (upline_id, created_at, id),
  KEY cps_orders_by_time (created_at, id),
  KEY cps_orders_open (platform, state, created_at),
  KEY cps_orders_to_pay (payable, payable_from)
);

-- Every document that the platform ever sent about an order, as it came.
CREATE TABLE cps_documents (
  order_id BINARY(16)  NOT NULL,
  hash     BINARY(32)  NOT NULL,
  document MEDIUMTEXT  NOT NULL,
  seen_at  DATETIME(6) NOT NULL,
  PRIMARY KEY (order_id, hash)
);

-- What the platform takes back, unique by the platform's number of the refund. It may be known before its order.
CREATE TABLE clawbacks (
  platform   VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  refund_no  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id   BINARY(16)  NOT NULL,
  state      VARCHAR(12) NOT NULL,
  amount_fen BIGINT      NOT NULL,
  told_at    DATETIME(6) NOT NULL,
  document   MEDIUMTEXT  NOT NULL,
  PRIMARY KEY (platform, refund_no),
  KEY clawbacks_by_order (order_id),
  KEY clawbacks_open (platform, state, told_at)
);

-- How far each kind of question to a platform has come.
CREATE TABLE sync_cursors (
  platform  VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  question  VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  watermark DATETIME(6) NOT NULL,
  PRIMARY KEY (platform, question)
);

-- Which replica works on a platform; times are the database's own.
CREATE TABLE sync_leases (
  platform VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  owner    BINARY(16)  NOT NULL,
  until    DATETIME(6) NOT NULL,
  PRIMARY KEY (platform)
);

CREATE TABLE syncs (
  id         BINARY(16)    NOT NULL,
  platform   VARCHAR(8)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state      VARCHAR(12)   NOT NULL,
  started_by VARCHAR(120)  NOT NULL,
  windows    BIGINT        NOT NULL,
  pages      BIGINT        NOT NULL,
  documents  BIGINT        NOT NULL,
  changed    BIGINT        NOT NULL,
  error      VARCHAR(1000) NOT NULL,
  started_at DATETIME(6)   NOT NULL,
  ended_at   DATETIME(6)   NULL,
  PRIMARY KEY (id),
  KEY syncs_by_platform (platform, id),
  KEY syncs_unfinished (platform, state)
);

CREATE TABLE claims (
  id             BINARY(16)   NOT NULL,
  platform       VARCHAR(8)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_no       VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distributor_id BINARY(16)   NOT NULL,
  upline_id      BINARY(16)   NULL,
  state          VARCHAR(12)  NOT NULL,
  note           VARCHAR(500) NOT NULL,
  decided_by     VARCHAR(120) NOT NULL,
  reason         VARCHAR(500) NOT NULL,
  created_at     DATETIME(6)  NOT NULL,
  decided_at     DATETIME(6)  NULL,
  PRIMARY KEY (id),
  UNIQUE KEY claims_once (platform, order_no, distributor_id),
  KEY claims_by_distributor (distributor_id, id),
  KEY claims_by_state (state, id)
);
