-- Ids of orders grow with the order numbers from here on, so that new rows lie side by side. Orders that are known by
-- their old ids keep them, here and in the ledger; how many there were tells whether they have to be looked for.
CREATE TABLE cps_old_ids (
  orders BIGINT NOT NULL
);
INSERT INTO cps_old_ids SELECT (SELECT COUNT(*) FROM cps_orders) + (SELECT COUNT(*) FROM clawbacks);
