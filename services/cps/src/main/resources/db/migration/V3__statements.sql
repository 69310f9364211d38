-- Not only platforms are leased: also the making of a platform's statements.
ALTER TABLE sync_leases MODIFY platform VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL;

-- Ours against theirs, one row per platform and month (yyyy-MM) of settling; made again, it is overwritten.
CREATE TABLE statements (
  id                     BINARY(16)    NOT NULL,
  platform               VARCHAR(8)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  month                  CHAR(7)       CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state                  VARCHAR(12)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  started_by             VARCHAR(120)  NOT NULL,
  ours_orders            BIGINT        NOT NULL DEFAULT 0,
  ours_settled_fen       BIGINT        NOT NULL DEFAULT 0,
  ours_fee_fen           BIGINT        NOT NULL DEFAULT 0,
  ours_clawbacks         BIGINT        NOT NULL DEFAULT 0,
  ours_clawed_back_fen   BIGINT        NOT NULL DEFAULT 0,
  theirs_orders          BIGINT        NOT NULL DEFAULT 0,
  theirs_settled_fen     BIGINT        NOT NULL DEFAULT 0,
  theirs_fee_fen         BIGINT        NOT NULL DEFAULT 0,
  theirs_clawbacks       BIGINT        NOT NULL DEFAULT 0,
  theirs_clawed_back_fen BIGINT        NOT NULL DEFAULT 0,
  differences            BIGINT        NOT NULL DEFAULT 0,
  error                  VARCHAR(1000) NOT NULL DEFAULT '',
  started_at             DATETIME(6)   NOT NULL,
  ended_at               DATETIME(6)   NULL,
  PRIMARY KEY (id),
  UNIQUE KEY statements_once (platform, month),
  KEY statements_by_month (month, id)
);

-- What the platform says, while a statement is made. kind is ORDER or CLAWBACK; refund_no is empty for an order.
CREATE TABLE statement_lines (
  statement_id BINARY(16)  NOT NULL,
  kind         VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id     BINARY(16)  NOT NULL,
  refund_no    VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_no     VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sub_order_no VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  amount_fen   BIGINT      NOT NULL,
  fee_fen      BIGINT      NOT NULL,
  PRIMARY KEY (statement_id, kind, order_id, refund_no)
);

CREATE TABLE statement_differences (
  statement_id   BINARY(16)  NOT NULL,
  kind           VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id       BINARY(16)  NOT NULL,
  refund_no      VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  reason         VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_no       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sub_order_no   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ours_fen       BIGINT      NULL,
  theirs_fen     BIGINT      NULL,
  ours_fee_fen   BIGINT      NULL,
  theirs_fee_fen BIGINT      NULL,
  PRIMARY KEY (statement_id, kind, order_id, refund_no)
);
