-- What is known of outside orders: the newest mall.cps.v1.CpsOrderChanged of each, which is cumulative.
-- Everything the ledger books for them is derived from it.
CREATE TABLE cps_facts (
  cps_order_id BINARY(16)      NOT NULL,
  -- 0: only locked so far.
  revision     BIGINT          NOT NULL,
  order_no     VARCHAR(40)     NULL,
  title        VARCHAR(255)    NULL,
  fact         VARBINARY(4096) NULL,
  PRIMARY KEY (cps_order_id)
);
