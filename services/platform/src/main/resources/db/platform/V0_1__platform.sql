-- What the platform keeps in every service's schema. Times here are the database's own, in UTC:
-- one clock for all replicas, untouched by the business clock.

-- The response of every mutating request, committed together with its effect.
CREATE TABLE stored_request (
  caller     VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  method     VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  request_id VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_hash  BINARY(32)   NOT NULL,
  response   MEDIUMBLOB   NOT NULL,
  created_at DATETIME(6)  NOT NULL,
  -- Days for most; minutes for an answer that opens something.
  expires_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (caller, method, request_id),
  KEY stored_request_end (expires_at)
);

-- One row per event and subscriber, deleted once the subscriber has taken the event.
-- next_attempt_at says when the row may be claimed (again): the lease of a claim, the pause after a
-- failure; NULL while the row is parked.
CREATE TABLE outbox (
  id              BINARY(16)   NOT NULL,
  event_id        BINARY(16)   NOT NULL,
  subscriber      VARCHAR(40)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  type            VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aggregate_type  VARCHAR(60)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  aggregate_id    VARCHAR(80)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sequence_no     BIGINT       NOT NULL,
  payload         MEDIUMBLOB   NOT NULL,
  occurred_at     DATETIME(6)  NOT NULL,
  attempts        INT          NOT NULL,
  next_attempt_at DATETIME(6)  NULL,
  claimed_by      BINARY(16)   NULL,
  parked_at       DATETIME(6)  NULL,
  last_error      VARCHAR(1000) NULL,
  PRIMARY KEY (id),
  KEY outbox_due (subscriber, next_attempt_at),
  KEY outbox_order (subscriber, aggregate_type, aggregate_id, sequence_no),
  KEY outbox_parked (parked_at)
);

-- The events taken, each committed together with its effect.
CREATE TABLE inbox (
  event_id    BINARY(16)  NOT NULL,
  received_at DATETIME(6) NOT NULL,
  PRIMARY KEY (event_id),
  KEY inbox_age (received_at)
);
