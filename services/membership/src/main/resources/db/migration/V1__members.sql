-- Members, how they sign in, what they told us, and their growth. Personal data is stored encrypted
-- (`*_sealed`, made by PersonalCipher) and found by a keyed hash (`*_hash`).
-- Every table but level_table can be sharded by member_id; identities and phone_hash are the two
-- business rules that are unique over all members.

CREATE TABLE members (
  id            BINARY(16)   NOT NULL,
  nickname      VARCHAR(32)  NOT NULL,
  avatar_url    VARCHAR(512) NOT NULL,
  phone_sealed  VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL,
  phone_hash    VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NULL,
  registered_at DATETIME(6)  NOT NULL,
  version       BIGINT       NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY members_phone (phone_hash),
  KEY members_nickname (nickname, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Who a member is elsewhere: one member per unionid, one per openid of an app.
CREATE TABLE identities (
  id         BINARY(16)   NOT NULL,
  member_id  BINARY(16)   NOT NULL,
  kind       VARCHAR(24)  NOT NULL,
  app_id     VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject    VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY identities_subject (kind, app_id, subject),
  KEY identities_member (member_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- A family of refresh tokens: one sign-in on one device. Times are real, not business time.
CREATE TABLE sessions (
  id         BINARY(16)   NOT NULL,
  member_id  BINARY(16)   NOT NULL,
  state      VARCHAR(16)  NOT NULL,
  device     VARCHAR(128) NOT NULL,
  generation INT          NOT NULL,
  opened_at  DATETIME(6)  NOT NULL,
  used_at    DATETIME(6)  NOT NULL,
  expires_at DATETIME(6)  NOT NULL,
  ended_at   DATETIME(6)  NULL,
  version    BIGINT       NOT NULL,
  PRIMARY KEY (id),
  KEY sessions_member (member_id, id),
  KEY sessions_expiry (state, expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Every refresh token ever given out in a living family, by its SHA-256: a used one that comes
-- again is recognised.
CREATE TABLE refresh_tokens (
  token_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  session_id BINARY(16)  NOT NULL,
  generation INT         NOT NULL,
  issued_at  DATETIME(6) NOT NULL,
  PRIMARY KEY (token_hash),
  KEY refresh_tokens_age (issued_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE addresses (
  id              BINARY(16)    NOT NULL,
  member_id       BINARY(16)    NOT NULL,
  receiver_sealed VARCHAR(320)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone_sealed    VARCHAR(160)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  place_sealed    VARCHAR(2400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  is_default      BIT(1)        NOT NULL,
  saved_at        DATETIME(6)   NOT NULL,
  version         BIGINT        NOT NULL,
  PRIMARY KEY (id),
  KEY addresses_member (member_id, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- One row per member who ever had growth; the row is also the lock that puts a member's entries in
-- a row.
CREATE TABLE growth_accounts (
  member_id    BINARY(16)  NOT NULL,
  growth_value BIGINT      NOT NULL,
  level        INT         NOT NULL,
  valid_until  DATETIME(6) NULL,
  table_version INT        NOT NULL,
  evaluated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (member_id),
  KEY growth_accounts_due (valid_until)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Append only. The fact (source, amount, time) is kept beside the growth that it made, so that
-- values and levels can be derived again.
CREATE TABLE growth_entries (
  id          BINARY(16)  NOT NULL,
  member_id   BINARY(16)  NOT NULL,
  source      VARCHAR(24) NOT NULL,
  source_id   VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  order_id    BINARY(16)  NOT NULL,
  amount      BIGINT      NOT NULL,
  delta       BIGINT      NOT NULL,
  happened_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY growth_entries_source (source, source_id),
  KEY growth_entries_member (member_id, id),
  KEY growth_entries_order (order_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Versions of the levels; the newest one whose time has come is in force.
CREATE TABLE level_tables (
  version        INT         NOT NULL,
  effective_from DATETIME(6) NOT NULL,
  valid_months   INT         NOT NULL,
  PRIMARY KEY (version)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE TABLE levels (
  version    INT         NOT NULL,
  level      INT         NOT NULL,
  name       VARCHAR(16) NOT NULL,
  from_value BIGINT      NOT NULL,
  PRIMARY KEY (version, level)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

INSERT INTO level_tables (version, effective_from, valid_months) VALUES (1, '2020-01-01 00:00:00', 12);
INSERT INTO levels (version, level, name, from_value) VALUES
  (1, 0, '普通会员', 0),
  (1, 1, '银卡会员', 200),
  (1, 2, '金卡会员', 2000),
  (1, 3, '黑卡会员', 10000);
