CREATE TABLE note (
  id         BINARY(16)   NOT NULL,
  version    INT          NOT NULL,
  text       VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  price      BIGINT       NOT NULL,
  count_up   INT          NOT NULL,
  state      VARCHAR(20)  NOT NULL,
  written_at DATETIME(6)  NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY note_text (text)
);

-- What the handlers did: one row per effect, so that a second effect would show.
CREATE TABLE effect (
  id      BINARY(16)   NOT NULL,
  note_id BINARY(16)   NOT NULL,
  what    VARCHAR(200) CHARACTER SET utf8mb4 NOT NULL,
  PRIMARY KEY (id),
  KEY effect_note (note_id)
);
