-- Trades, orders, payments, refunds, after-sale. Instants are UTC; amounts are fen.
-- due_at says when a job has to look at the row (and, while one does, when its lease ends); NULL for never.

CREATE TABLE trade (
  id            BINARY(16)  NOT NULL,
  member_id     BINARY(16)  NOT NULL,
  state         VARCHAR(24) NOT NULL,
  payable       BIGINT      NOT NULL,
  placed_at     DATETIME(6) NOT NULL,
  expires_at    DATETIME(6) NOT NULL,
  due_at        DATETIME(6) NULL,
  payment_id    BINARY(16)  NULL,
  paid_at       DATETIME(6) NULL,
  cancelled_at  DATETIME(6) NULL,
  cancel_reason VARCHAR(100) NULL,
  version       BIGINT      NOT NULL,
  PRIMARY KEY (id),
  KEY trade_due (due_at),
  CONSTRAINT trade_payable_positive CHECK (payable > 0)
);

CREATE TABLE orders (
  id               BINARY(16)   NOT NULL,
  order_no         VARCHAR(20)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  trade_id         BINARY(16)   NOT NULL,
  member_id        BINARY(16)   NOT NULL,
  brand_id         BINARY(16)   NOT NULL,
  brand_code       VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  brand_name       VARCHAR(100) NOT NULL,
  state            VARCHAR(24)  NOT NULL,
  sealed_address   VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NULL,
  goods_total      BIGINT       NOT NULL,
  freight          BIGINT       NOT NULL,
  payable          BIGINT       NOT NULL,
  refunded         BIGINT       NOT NULL,
  note             VARCHAR(500) NOT NULL,
  open_cases       INT          NOT NULL,
  payment_id       BINARY(16)   NULL,
  due_at           DATETIME(6)  NULL,
  placed_at        DATETIME(6)  NOT NULL,
  paid_at          DATETIME(6)  NULL,
  shipped_at       DATETIME(6)  NULL,
  received_at      DATETIME(6)  NULL,
  after_sale_until DATETIME(6)  NULL,
  completed_at     DATETIME(6)  NULL,
  closed_at        DATETIME(6)  NULL,
  version          BIGINT       NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY orders_no (order_no),
  KEY orders_trade (trade_id),
  KEY orders_member (member_id, placed_at, id),
  KEY orders_brand (brand_code, placed_at, id),
  KEY orders_placed (placed_at, id),
  KEY orders_due (due_at),
  CONSTRAINT orders_refunded_le_payable CHECK (refunded >= 0 AND refunded <= payable)
);

CREATE TABLE order_line (
  id                 BINARY(16)   NOT NULL,
  order_id           BINARY(16)   NOT NULL,
  position           INT          NOT NULL,
  sku_id             BINARY(16)   NOT NULL,
  product_id         BINARY(16)   NOT NULL,
  title              VARCHAR(300) NOT NULL,
  spec_text          VARCHAR(300) NOT NULL,
  cover_url          VARCHAR(1000) NOT NULL,
  quantity           BIGINT       NOT NULL,
  unit_price         BIGINT       NOT NULL,
  reductions         TEXT         NOT NULL,
  paid               BIGINT       NOT NULL,
  after_sale_days    INT          NOT NULL,
  attribution        BLOB         NOT NULL,
  distributor_id     BINARY(16)   NULL,
  shipped_quantity   BIGINT       NOT NULL,
  withdrawn_quantity BIGINT       NOT NULL,
  claimed_quantity   BIGINT       NOT NULL,
  held_back_quantity BIGINT       NOT NULL,
  refunding_quantity BIGINT       NOT NULL,
  refunding_amount   BIGINT       NOT NULL,
  refunded_quantity  BIGINT       NOT NULL,
  refunded_amount    BIGINT       NOT NULL,
  restocked_quantity BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY order_line_order (order_id, position),
  -- The last line of defence; the aggregate refuses before.
  CONSTRAINT order_line_shipped CHECK (held_back_quantity >= 0
           AND shipped_quantity + withdrawn_quantity + held_back_quantity <= quantity),
  CONSTRAINT order_line_refunded
    CHECK (claimed_quantity >= 0 AND refunding_quantity >= 0
           AND claimed_quantity + refunding_quantity + refunded_quantity <= quantity),
  CONSTRAINT order_line_amount
    CHECK (refunding_amount >= 0 AND refunding_amount + refunded_amount <= paid)
);

CREATE TABLE order_timeline (
  id       BINARY(16)   NOT NULL,
  order_id BINARY(16)   NOT NULL,
  kind     VARCHAR(40)  NOT NULL,
  at       DATETIME(6)  NOT NULL,
  by_whom  VARCHAR(80)  NOT NULL,
  text     VARCHAR(500) NOT NULL,
  PRIMARY KEY (id),
  KEY order_timeline_order (order_id, id)
);

CREATE TABLE parcel (
  id              BINARY(16)  NOT NULL,
  order_id        BINARY(16)  NOT NULL,
  carrier         VARCHAR(40) NOT NULL,
  tracking_number VARCHAR(40) NOT NULL,
  shipped_at      DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY parcel_order (order_id, id)
);

CREATE TABLE parcel_line (
  parcel_id     BINARY(16) NOT NULL,
  order_line_id BINARY(16) NOT NULL,
  quantity      BIGINT     NOT NULL,
  PRIMARY KEY (parcel_id, order_line_id),
  KEY parcel_line_line (order_line_id)
);

-- payment_no (out_trade_no) is the id's 32 hexadecimal digits.
CREATE TABLE payment (
  id             BINARY(16)   NOT NULL,
  trade_id       BINARY(16)   NOT NULL,
  member_id      BINARY(16)   NOT NULL,
  provider       VARCHAR(20)  NOT NULL,
  openid         VARCHAR(128) NOT NULL,
  state          VARCHAR(24)  NOT NULL,
  amount         BIGINT       NOT NULL,
  transaction_id VARCHAR(64)  NULL,
  kept           BOOLEAN      NOT NULL,
  created_at     DATETIME(6)  NOT NULL,
  succeeded_at   DATETIME(6)  NULL,
  closed_at      DATETIME(6)  NULL,
  queries        INT          NOT NULL,
  due_at         DATETIME(6)  NULL,
  version        BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY payment_trade (trade_id),
  KEY payment_due (due_at)
);

-- refund_no (out_refund_no) is R and the id's 32 hexadecimal digits; it never changes.
CREATE TABLE refund (
  id                 BINARY(16)   NOT NULL,
  payment_id         BINARY(16)   NOT NULL,
  trade_id           BINARY(16)   NOT NULL,
  order_id           BINARY(16)   NULL,
  order_line_id      BINARY(16)   NULL,
  case_id            BINARY(16)   NULL,
  brand_code         VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  quantity           BIGINT       NOT NULL,
  amount             BIGINT       NOT NULL,
  payment_amount     BIGINT       NOT NULL,
  state              VARCHAR(24)  NOT NULL,
  reason             VARCHAR(100) NOT NULL,
  failure            VARCHAR(300) NULL,
  provider_refund_id VARCHAR(64)  NULL,
  attempts           INT          NOT NULL,
  requested_at       DATETIME(6)  NOT NULL,
  succeeded_at       DATETIME(6)  NULL,
  due_at             DATETIME(6)  NULL,
  version            BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY refund_payment (payment_id),
  KEY refund_trade (trade_id),
  KEY refund_order (order_id),
  KEY refund_due (due_at),
  KEY refund_requested (requested_at, id)
);

CREATE TABLE after_sale_case (
  id                     BINARY(16)   NOT NULL,
  case_no                VARCHAR(20)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id               BINARY(16)   NOT NULL,
  order_line_id          BINARY(16)   NOT NULL,
  member_id              BINARY(16)   NOT NULL,
  brand_code             VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind                   VARCHAR(24)  NOT NULL,
  state                  VARCHAR(24)  NOT NULL,
  quantity               BIGINT       NOT NULL,
  unshipped_quantity     BIGINT       NOT NULL,
  refund_amount          BIGINT       NOT NULL,
  reason_code            VARCHAR(60)  NOT NULL,
  note                   VARCHAR(500) NOT NULL,
  picture_urls           TEXT         NOT NULL,
  decision_reason        VARCHAR(500) NULL,
  evidence_urls          TEXT         NOT NULL,
  return_carrier         VARCHAR(40)  NULL,
  return_tracking_number VARCHAR(40)  NULL,
  restock                BOOLEAN      NOT NULL,
  refund_id              BINARY(16)   NULL,
  opened_at              DATETIME(6)  NOT NULL,
  ended_at               DATETIME(6)  NULL,
  due_at                 DATETIME(6)  NULL,
  version                BIGINT       NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY after_sale_case_no (case_no),
  KEY after_sale_case_order (order_id),
  KEY after_sale_case_member (member_id, opened_at, id),
  KEY after_sale_case_brand (brand_code, opened_at, id),
  KEY after_sale_case_opened (opened_at, id),
  KEY after_sale_case_due (due_at)
);

CREATE TABLE after_sale_timeline (
  id      BINARY(16)   NOT NULL,
  case_id BINARY(16)   NOT NULL,
  kind    VARCHAR(40)  NOT NULL,
  at      DATETIME(6)  NOT NULL,
  by_whom VARCHAR(80)  NOT NULL,
  text    VARCHAR(500) NOT NULL,
  PRIMARY KEY (id),
  KEY after_sale_timeline_case (case_id, id)
);
