-- A brand can be taken off sale; a category can be hidden and is changed by whoever saw its last version.

ALTER TABLE brand
  ADD COLUMN state VARCHAR(16) NOT NULL DEFAULT 'ON_SALE',
  ADD COLUMN state_reason VARCHAR(500) NOT NULL DEFAULT '',
  ADD COLUMN state_changed_by VARCHAR(80) NOT NULL DEFAULT '',
  ADD COLUMN state_changed_at DATETIME(6) NULL;

ALTER TABLE category
  ADD COLUMN hidden BOOLEAN NOT NULL DEFAULT FALSE,
  ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
