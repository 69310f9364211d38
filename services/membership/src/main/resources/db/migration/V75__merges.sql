-- One person who had two members becomes one.

ALTER TABLE members
  -- The member that this one goes on as; never one that was merged itself.
  ADD COLUMN merged_into BINARY(16) NULL,
  ADD KEY members_merged (merged_into);

-- Whose the name was before a merge, the first time.
ALTER TABLE identities ADD COLUMN came_with BINARY(16) NULL;

-- By what name in the mini-program a session was opened: of several, it is the one that pays.
ALTER TABLE sessions
  ADD COLUMN openid VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '';

-- Append only: each merge, also of a member whom others had been merged into before.
CREATE TABLE merges (
  absorbed_id BINARY(16)   NOT NULL,
  survivor_id BINARY(16)   NOT NULL,
  why         VARCHAR(16)  NOT NULL,
  merged_by   VARCHAR(80)  NOT NULL,
  request_id  VARCHAR(128) NOT NULL,
  merged_at   DATETIME(6)  NOT NULL,
  PRIMARY KEY (absorbed_id),
  KEY merges_by_survivor (survivor_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

-- Two members who have one phone and both have history; staff say whether they are one person.
CREATE TABLE merge_requests (
  id              BINARY(16)   NOT NULL,
  requester_id    BINARY(16)   NOT NULL,
  holder_id       BINARY(16)   NOT NULL,
  state           VARCHAR(16)  NOT NULL,
  phone_sealed    VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  phone_hash      VARCHAR(43)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  requested_at    DATETIME(6)  NOT NULL,
  survivor_id     BINARY(16)   NULL,
  decided_by      VARCHAR(80)  NOT NULL DEFAULT '',
  decision_reason VARCHAR(500) NOT NULL DEFAULT '',
  decided_at      DATETIME(6)  NULL,
  -- One open one per pair, whoever of the two asked.
  open_pair       BINARY(32) GENERATED ALWAYS AS (CASE WHEN state = 'REQUESTED' THEN
                    CONCAT(LEAST(requester_id, holder_id), GREATEST(requester_id, holder_id)) END) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY merge_requests_open (open_pair),
  KEY merge_requests_by_requester (requester_id, id),
  KEY merge_requests_by_holder (holder_id, id),
  KEY merge_requests_by_state (state, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;
