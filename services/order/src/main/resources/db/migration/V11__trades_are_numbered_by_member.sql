-- Two devices of a member cannot both place the next trade: what the limits were checked against is part of the key.
ALTER TABLE trade ADD COLUMN member_sequence BIGINT NULL, ADD UNIQUE KEY trade_member (member_id, member_sequence);
