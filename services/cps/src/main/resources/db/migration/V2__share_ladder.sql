-- A version of the share policy says who decided it, and why; versions are only added.
ALTER TABLE share_policies
  ADD COLUMN created_by VARCHAR(120) NOT NULL DEFAULT 'SYSTEM',
  ADD COLUMN created_at DATETIME(6)  NOT NULL DEFAULT '2020-01-01 00:00:00',
  ADD COLUMN note       VARCHAR(500) NOT NULL DEFAULT '';

-- The steps of a policy above the first one, which is the policy's own row: for whoever had at least so much settled
-- commission in the month before the order was made.
CREATE TABLE share_policy_steps (
  version             BIGINT NOT NULL,
  step                INT    NOT NULL,
  from_fen            BIGINT NOT NULL,
  direct_basis_points INT    NOT NULL,
  upline_basis_points INT    NOT NULL,
  PRIMARY KEY (version, step),
  CONSTRAINT share_policy_steps_within CHECK (step > 1 AND from_fen > 0 AND direct_basis_points >= 0
    AND upline_basis_points >= 0 AND direct_basis_points + upline_basis_points <= 10000)
);

-- What everybody had settled in a month (yyyy-MM), measured once, when the first order of the next one is credited.
-- Who is missing had nothing.
CREATE TABLE share_months (
  month       CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  measured_at DATETIME(6) NOT NULL,
  PRIMARY KEY (month)
);
CREATE TABLE share_standings (
  month          CHAR(7) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distributor_id BINARY(16) NOT NULL,
  settled_fen    BIGINT     NOT NULL,
  PRIMARY KEY (month, distributor_id)
);

-- The step that the order was credited by, and what was measured for it (NULL: the policy has one step only).
-- The fee is what the platform kept of the commission.
ALTER TABLE cps_orders
  ADD COLUMN policy_step INT    NULL,
  ADD COLUMN ladder_fen  BIGINT NULL,
  ADD COLUMN fee_fen     BIGINT NOT NULL DEFAULT 0,
  ADD KEY cps_orders_by_settlement (platform, settled_at);
