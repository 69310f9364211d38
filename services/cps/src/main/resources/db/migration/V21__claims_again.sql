-- One claim of a distributor on an order that is open or accepted: after a rejection they can claim it again.
ALTER TABLE claims
  DROP KEY claims_once,
  ADD COLUMN living_order VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin
    GENERATED ALWAYS AS (CASE WHEN state <> 'REJECTED' THEN order_no END) STORED,
  ADD UNIQUE KEY claims_living (platform, living_order, distributor_id);
