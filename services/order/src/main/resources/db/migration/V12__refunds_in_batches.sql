-- Refunds of one payment may go to the provider as one, under the number of the first (sent_with, its own id for that one).
ALTER TABLE refund
  ADD COLUMN sent_with   BINARY(16)  NULL,
  ADD COLUMN sent_amount BIGINT      NULL,
  ADD COLUMN sent_at     DATETIME(6) NULL,
  ADD COLUMN decide_by   DATETIME(6) NULL,
  ADD COLUMN to_merchant BOOLEAN     NOT NULL DEFAULT FALSE,
  ADD KEY refund_sent_with (sent_with),
  ADD KEY refund_decide_by (decide_by);

UPDATE refund SET sent_with = id, sent_amount = amount, sent_at = requested_at WHERE attempts > 0 AND amount > 0;

-- What finance decided about a refund (the first of its batch): who, when, why. Written once.
CREATE TABLE refund_decision (
  id        BINARY(16)   NOT NULL,
  refund_id BINARY(16)   NOT NULL,
  kind      VARCHAR(24)  NOT NULL,
  at        DATETIME(6)  NOT NULL,
  by_whom   VARCHAR(80)  NOT NULL,
  reference VARCHAR(100) NOT NULL,
  note      VARCHAR(500) NOT NULL,
  PRIMARY KEY (id),
  KEY refund_decision_refund (refund_id, at)
);
