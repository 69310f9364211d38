-- Who sells.

CREATE TABLE invites (
  code          VARCHAR(32)  NOT NULL,
  inviter_kind  VARCHAR(16)  NOT NULL,
  inviter_id    VARCHAR(64)  NOT NULL,
  brand_code    VARCHAR(64)  NULL,
  uses_left     INT          NOT NULL,
  note          VARCHAR(200) NOT NULL,
  created_by    VARCHAR(64)  NOT NULL,
  created_at    DATETIME(6)  NOT NULL,
  expires_at    DATETIME(6)  NOT NULL,
  PRIMARY KEY (code),
  KEY invites_by_inviter (inviter_kind, inviter_id, created_at, code),
  CONSTRAINT invites_uses CHECK (uses_left >= 0)
);

CREATE TABLE distributors (
  id               BINARY(16)   NOT NULL,
  version          BIGINT       NOT NULL,
  member_id        BINARY(16)   NOT NULL,
  state            VARCHAR(16)  NOT NULL,
  display_name     VARCHAR(64)  NOT NULL,
  inviter_kind     VARCHAR(16)  NOT NULL,
  inviter_id       VARCHAR(64)  NOT NULL,
  invite_code      VARCHAR(32)  NOT NULL,
  brand_code       VARCHAR(64)  NULL,
  upline_id        BINARY(16)   NULL,
  real_name        VARCHAR(512) NOT NULL,
  real_name_masked VARCHAR(64)  NOT NULL,
  phone            VARCHAR(256) NOT NULL,
  phone_masked     VARCHAR(32)  NOT NULL,
  phone_hash       VARCHAR(64)  NOT NULL,
  openid           VARCHAR(64)  NOT NULL,
  note             VARCHAR(500) NOT NULL,
  state_reason     VARCHAR(500) NOT NULL,
  applied_at       DATETIME(6)  NOT NULL,
  activated_at     DATETIME(6)  NULL,
  -- A member is at most one living distributor; a rejected or closed one may apply anew.
  living_member    BINARY(16) GENERATED ALWAYS AS
                     (CASE WHEN state IN ('APPLIED', 'ACTIVE', 'SUSPENDED') THEN member_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY distributors_living (living_member),
  KEY distributors_by_member (member_id),
  KEY distributors_by_upline (upline_id, id),
  KEY distributors_by_state (state, id),
  KEY distributors_by_phone (phone_hash)
);

-- Every change of state or upline, with who and why.
CREATE TABLE distributor_changes (
  id             BINARY(16)   NOT NULL,
  distributor_id BINARY(16)   NOT NULL,
  what           VARCHAR(32)  NOT NULL,
  old_value      VARCHAR(64)  NOT NULL,
  new_value      VARCHAR(64)  NOT NULL,
  reason         VARCHAR(500) NOT NULL,
  changed_by     VARCHAR(64)  NOT NULL,
  changed_at     DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  KEY distributor_changes_by_distributor (distributor_id, id)
);

-- Shares and what came of them.

CREATE TABLE shares (
  code           VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  distributor_id BINARY(16)  NOT NULL,
  channel        VARCHAR(16) NOT NULL,
  target_type    VARCHAR(16) NOT NULL,
  target_id      VARCHAR(64) NOT NULL,
  created_at     DATETIME(6) NOT NULL,
  PRIMARY KEY (code),
  -- The same distributor, channel and target is the same share.
  UNIQUE KEY shares_same (distributor_id, channel, target_type, target_id)
);

CREATE TABLE touches (
  id           BINARY(16)  NOT NULL,
  share_code   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member_id    BINARY(16)  NULL,
  anonymous_id VARCHAR(64) NULL,
  opened_at    DATETIME(6) NOT NULL,
  merged_at    DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY touches_by_member (member_id, opened_at),
  KEY touches_by_anonymous (anonymous_id, opened_at),
  KEY touches_by_share (share_code, opened_at)
);

-- One row per member that anything is known of: the lock that puts bindings and first orders of one
-- member in a row, the open binding, and when they last ordered.
CREATE TABLE buyers (
  member_id       BINARY(16)  NOT NULL,
  open_binding_id BINARY(16)  NULL,
  paid_orders     BIGINT      NOT NULL DEFAULT 0,
  last_paid_at    DATETIME(6) NULL,
  PRIMARY KEY (member_id)
);

CREATE TABLE bindings (
  id             BINARY(16)   NOT NULL,
  member_id      BINARY(16)   NOT NULL,
  distributor_id BINARY(16)   NOT NULL,
  mode           VARCHAR(16)  NOT NULL,
  opened_by      VARCHAR(16)  NOT NULL,
  touch_id       BINARY(16)   NULL,
  policy_version BIGINT       NOT NULL,
  reason         VARCHAR(500) NOT NULL,
  changed_by     VARCHAR(64)  NOT NULL,
  started_at     DATETIME(6)  NOT NULL,
  ended_at       DATETIME(6)  NULL,
  end_reason     VARCHAR(500) NOT NULL DEFAULT '',
  effective      TINYINT      NOT NULL DEFAULT 0,
  -- At most one open binding per member, whoever writes.
  open_member      BINARY(16) GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN member_id END) STORED,
  open_distributor BINARY(16) GENERATED ALWAYS AS (CASE WHEN ended_at IS NULL THEN distributor_id END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY bindings_one_open (open_member),
  KEY bindings_by_member (member_id, id),
  KEY bindings_fans (open_distributor, id, effective),
  KEY bindings_effective_fans (open_distributor, effective)
);

CREATE TABLE attribution_policies (
  version             BIGINT      NOT NULL,
  binding_mode        VARCHAR(16) NOT NULL,
  protected_days      INT         NOT NULL,
  touch_hours         INT         NOT NULL,
  self_purchase_earns TINYINT     NOT NULL,
  effective_from      DATETIME(6) NOT NULL,
  changed_by          VARCHAR(64) NOT NULL,
  PRIMARY KEY (version)
);

INSERT INTO attribution_policies VALUES (1, 'LAST_TOUCH', 30, 24, 0, '2000-01-01 00:00:00', 'default');

-- What a sale earns. A row is a version and never changes; the newest one begun decides.

CREATE TABLE commission_rules (
  rule_id    BINARY(16)   NOT NULL,
  scope_type VARCHAR(16)  NOT NULL,
  scope_id   VARCHAR(64)  NOT NULL,
  brand_code VARCHAR(64)  NOT NULL,
  version    BIGINT       NOT NULL,
  ended      TINYINT      NOT NULL DEFAULT 0,
  -- One living rule per scope and brand: a change of it is a version, not a second rule.
  living_scope VARCHAR(160) GENERATED ALWAYS AS
                 (CASE WHEN ended = 0 THEN CONCAT(scope_type, ':', scope_id, '@', brand_code) END) STORED,
  PRIMARY KEY (rule_id),
  UNIQUE KEY commission_rules_living (living_scope),
  KEY commission_rules_by_brand (brand_code, rule_id)
);

CREATE TABLE commission_rule_versions (
  rule_id         BINARY(16)   NOT NULL,
  version         BIGINT       NOT NULL,
  scope_key       VARCHAR(160) NOT NULL,
  direct_kind     VARCHAR(8)   NOT NULL,
  direct_value    BIGINT       NOT NULL,
  upline_kind     VARCHAR(8)   NOT NULL,
  upline_value    BIGINT       NOT NULL,
  effective_from  DATETIME(6)  NOT NULL,
  effective_until DATETIME(6)  NULL,
  changed_by      VARCHAR(64)  NOT NULL,
  changed_at      DATETIME(6)  NOT NULL,
  note            VARCHAR(500) NOT NULL,
  PRIMARY KEY (rule_id, version),
  KEY commission_rule_versions_by_scope (scope_key, effective_from)
);
